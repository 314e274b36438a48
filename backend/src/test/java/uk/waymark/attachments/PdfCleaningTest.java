package uk.waymark.attachments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdfwriter.compress.CompressParameters;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentInformation;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDMetadata;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts;
import org.apache.pdfbox.pdmodel.graphics.image.PDImageXObject;
import org.apache.pdfbox.pdmodel.interactive.action.PDActionJavaScript;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import uk.waymark.platform.ProblemException;
import uk.waymark.testing.Pictures;

/** Documents are made anew by a process of their own: what they show stays, what they tell and what they run goes. */
class PdfCleaningTest {
    private final PdfCleaning cleaning = new PdfCleaning(new AttachmentSettings(), new SimpleMeterRegistry());

    @Test
    void aProcessThatDoesNotBeginSaysNothingOfTheDocument() throws IOException {
        var meters = new SimpleMeterRegistry();
        byte[] letter = pdf((document, page) -> { });
        for (String program : List.of("/bin/false", "/bin/there-is-none")) {
            var refused = assertThrows(ProblemException.class, () -> new PdfCleaning(new AttachmentSettings(), meters, program).clean(letter));
            assertEquals("Not possible at the moment", refused.getMessage());
        }
        assertEquals(2, meters.get("waymark.attachments.cleaning.failed").counter().count());
    }

    /** Makes something of a document with one page. */
    private interface Change {
        void to(PDDocument document, PDPage page) throws IOException;
    }

    static byte[] pdf(Change change) throws IOException {
        try (var document = new PDDocument()) {
            var page = new PDPage();
            document.addPage(page);
            try (var content = new PDPageContentStream(document, page)) {
                content.beginText();
                content.setFont(new PDType1Font(Standard14Fonts.FontName.HELVETICA), 12);
                content.newLineAtOffset(50, 700);
                content.showText("A letter");
                content.endText();
            }
            change.to(document, page);
            var out = new ByteArrayOutputStream();
            document.save(out, CompressParameters.NO_COMPRESSION);
            return out.toByteArray();
        }
    }

    private static COSDictionary action(String kind) {
        var action = new COSDictionary();
        action.setName(COSName.S, kind);
        action.setString(COSName.URI, "https://elsewhere.example/");
        action.setString(COSName.JS, "app.alert('program')");
        return action;
    }

    @Test
    void whatItShowsStaysAndWhatItTellsOrRunsGoes() throws IOException {
        byte[] in = pdf((document, page) -> {
            var information = new PDDocumentInformation();
            information.setAuthor("Alys Penrose");
            document.setDocumentInformation(information);
            var xmp = new PDMetadata(document);
            xmp.importXMPMetadata("<x>Alys Penrose</x>".getBytes(StandardCharsets.UTF_8));
            document.getDocumentCatalog().setMetadata(xmp);
            document.getDocumentCatalog().setOpenAction(new PDActionJavaScript("app.alert('program')"));
            page.getCOSObject().setItem(COSName.AA, action("JavaScript"));
            var note = new COSDictionary();
            note.setName(COSName.SUBTYPE, "FreeText");
            note.setString(COSName.T, "Alys Penrose");
            note.setItem(COSName.A, action("Launch"));
            var attached = new COSDictionary();
            attached.setName(COSName.SUBTYPE, "FileAttachment");
            var notes = new COSArray();
            notes.add(note);
            notes.add(attached);
            page.getCOSObject().setItem(COSName.ANNOTS, notes);
            var names = new COSDictionary();
            names.setItem(COSName.EMBEDDED_FILES, new COSDictionary());
            document.getDocumentCatalog().getCOSObject().setItem(COSName.NAMES, names);
            try (var content = new PDPageContentStream(document, page, PDPageContentStream.AppendMode.APPEND, false)) {
                content.drawImage(PDImageXObject.createFromByteArray(document, Pictures.ofAPhone(), "x"), 50, 50);
            }
        });
        String before = new String(in, StandardCharsets.ISO_8859_1);
        assertTrue(before.contains("Alys") && before.contains("JavaScript") && before.contains("Exif"), "it is all in there");
        byte[] out = assertInstanceOf(Cleaned.Clean.class, cleaning.clean(in)).bytes();
        try (PDDocument read = Loader.loadPDF(out); var plain = new ByteArrayOutputStream()) {
            assertEquals("A letter", new PDFTextStripper().getText(read).strip());
            assertNull(read.getDocumentCatalog().getOpenAction());
            assertNull(read.getDocumentCatalog().getMetadata());
            assertNull(read.getDocumentInformation().getAuthor());
            assertEquals(1, read.getPage(0).getAnnotations().size(), "the note that is drawn, and not the attached file");
            var images = read.getPage(0).getResources().getXObjectNames().iterator();
            var image = (PDImageXObject) read.getPage(0).getResources().getXObject(images.next());
            assertEquals(64, image.getImage().getWidth(), "the photo is there and can be drawn");
            read.save(plain, CompressParameters.NO_COMPRESSION);
            String after = plain.toString(StandardCharsets.ISO_8859_1);
            for (String gone : new String[] {"Alys", "JavaScript", "Launch", "elsewhere", "EmbeddedFile", "FileAttachment", "GPS", "2026:11"}) {
                assertFalse(after.contains(gone), gone);
            }
        }
    }

    @Test
    void whatIsEncryptedOrDamagedIsRefused() throws IOException {
        byte[] locked = pdf((document, page) -> document.protect(new StandardProtectionPolicy("owner", "user", new AccessPermission())));
        assertEquals(new Cleaned.Refused("encrypted"), cleaning.clean(locked));
        byte[] printOnly = pdf((document, page) -> document.protect(new StandardProtectionPolicy("owner", "", new AccessPermission())));
        assertEquals(new Cleaned.Refused("encrypted"), cleaning.clean(printOnly));
        assertEquals(new Cleaned.Refused("broken"), cleaning.clean("%PDF-1.7\nnothing".getBytes(StandardCharsets.US_ASCII)));
        assertEquals(new Cleaned.Refused("pages"), cleaning.clean(pdf((document, page) -> {
            for (int i = 0; i < 500; i++) {
                document.addPage(new PDPage());
            }
        })));
    }

    @Test
    void aDocumentThatUnfoldsToGigabytesTakesNoMemoryOfOurs() throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var out = new DeflaterOutputStream(packed, new Deflater(9))) {
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 2048; i++) {
                out.write(zeros);
            }
        }
        // its object stream, which has to be unfolded for anything to be read of it, is 2 GB
        byte[] bomb = pdf((document, page) -> { });
        var in = new ByteArrayOutputStream();
        String head = "%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 4 0 R>>\nendobj\n2 0 obj\n<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length "
            + packed.size() + ">>\nstream\n";
        in.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
        in.writeBytes(packed.toByteArray());
        in.writeBytes("\nendstream\nendobj\ntrailer\n<</Root 1 0 R/Size 5>>\nstartxref\n0\n%%EOF\n".getBytes(StandardCharsets.US_ASCII));
        System.gc();
        long before = Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
        assertEquals(new Cleaned.Refused("broken"), cleaning.clean(in.toByteArray()));
        long more = Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory() - before;
        assertTrue(more < 64 << 20, () -> "bytes more: " + more);
        assertInstanceOf(Cleaned.Clean.class, cleaning.clean(bomb), "and the next one is taken");
    }
}
