package uk.waymark.attachments;

import jakarta.inject.Singleton;

/** Takes a file for what it is, and cleans it. */
@Singleton
final class Cleaning {
    private final PdfCleaning documents;
    private final AttachmentSettings settings;

    Cleaning(PdfCleaning documents, AttachmentSettings settings) {
        this.documents = documents;
        this.settings = settings;
    }

    /** @param declared that whoever sends it says it is */
    Cleaned clean(FileKind declared, byte[] in) {
        FileKind kind = FileKind.of(in);
        if (kind.refusal() != null) {
            return new Cleaned.Refused(kind.refusal());
        }
        if (kind != declared) {
            return new Cleaned.Refused("otherwise");
        }
        long pixels = settings.number("pixels");
        return switch (kind) {
            case JPEG -> JpegCleaning.clean(in, pixels);
            case PNG -> PngCleaning.clean(in, pixels);
            default -> documents.clean(in);
        };
    }
}
