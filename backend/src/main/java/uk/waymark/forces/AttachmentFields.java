package uk.waymark.forces;

import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Reads {@code attachments}: how large files of messages may be, and whether what no scanner has looked at is served. */
final class AttachmentFields {
    static final Set<String> KNOWN = Set.of("serve_unscanned", "file_mb", "message_files", "case_mb");
    private static final int MEGABYTE = 1 << 20;
    private final Fields f;

    AttachmentFields(Fields f) {
        this.f = f;
    }

    ForceFile.Attachments read() {
        Integer file = f.optional("file_mb", whole(1, 10), "write how many MB one file has at most, 1 to 10");
        Integer all = f.optional("case_mb", whole(1, 10_000), "write how many MB all files of one person in one case have at most, 1 to 10000");
        return new ForceFile.Attachments(
            Boolean.TRUE.equals(f.optional("serve_unscanned", ForceFileReader::yesOrNo, "write true or false")),
            file == null ? null : file * MEGABYTE,
            f.optional("message_files", whole(1, 20), "write how many files go with one message at most, 1 to 20"),
            all == null ? null : (long) all * MEGABYTE);
    }

    private static Function<String, Optional<Integer>> whole(int least, int most) {
        return text -> Optional.of(text).filter(t -> t.matches("[0-9]{1,5}")).map(Integer::valueOf).filter(n -> n >= least && n <= most);
    }
}
