package uk.waymark.attachments;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSObject;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.pdmodel.common.PDStream;

/** Goes through everything that a page needs to be drawn, and takes out what it does not need. */
final class PdfScrubbing {
    /** What tells of where it was made, leads elsewhere, or runs (ISO 32000-2, 7.11, 12.6, 14.3, 14.5, 14.13). */
    private static final List<COSName> OUT = names("Metadata", "PieceInfo", "LastModified", "OPI", "Ref", "AF", "Alternates", "Thumb", "AA", "JS",
        "EF", "OpenAction", "Measure", "PtData", "StructParent", "StructParents", "CreatorInfo", "ID", "RichMediaContent", "RichMediaSettings");
    /** The contents of a stream that lie in another file. */
    private static final List<COSName> ELSEWHERE = names("F", "FFilter", "FDecodeParms");
    /** What they hold is named by the document: there a name is no more than a name. */
    private static final Set<COSName> OF_NAMES = Set.copyOf(names("Font", "XObject", "ExtGState", "Pattern", "Shading", "ColorSpace", "Properties",
        "CharProcs"));
    private static final List<String> JPEG = List.of("DCTDecode", "DCT");
    private static final COSName ACTION = COSName.getPDFName("A");
    private final Set<COSBase> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Deque<COSBase> waiting = new ArrayDeque<>();
    private final Set<COSBase> named = Collections.newSetFromMap(new IdentityHashMap<>());
    private final long mostPixels;

    PdfScrubbing(long mostPixels) {
        this.mostPixels = mostPixels;
    }

    /** Whatever it leads to, however deep. */
    void scrub(COSBase root) throws IOException {
        waiting.add(root);
        while (!waiting.isEmpty()) {
            COSBase next = waiting.poll();
            COSBase value = next instanceof COSObject o ? o.getObject() : next;
            if (value == null || !seen.add(value)) {
                continue;
            }
            if (value instanceof COSArray array) {
                for (int i = 0; i < array.size(); i++) {
                    waiting.add(array.get(i));
                }
            } else if (value instanceof COSDictionary dictionary) {
                dictionary(dictionary);
            }
        }
    }

    private void dictionary(COSDictionary dictionary) throws IOException {
        if (!named.contains(dictionary)) {
            OUT.forEach(dictionary::removeItem);
            // an action, wherever one hangs; elsewhere the name is a number's or a text's
            if (dictionary.getDictionaryObject(ACTION) instanceof COSDictionary) {
                dictionary.removeItem(ACTION);
            }
        }
        if (dictionary instanceof COSStream stream) {
            ELSEWHERE.forEach(dictionary::removeItem);
            pictures(stream);
        }
        dictionary.forEach((name, value) -> {
            if (OF_NAMES.contains(name)) {
                named.add(value instanceof COSObject o ? o.getObject() : value);
            }
            waiting.add(value);
        });
    }

    /** A photo in a document says as much of where it was taken as one by itself. */
    private void pictures(COSStream stream) throws IOException {
        COSBase filters = stream.getFilters();
        String all = String.valueOf(filters);
        if (all.contains("JPXDecode")) {
            throw new CleanPdf.Unfit(CleanPdf.JPEG_2000);
        }
        boolean one = filters instanceof COSName name && JPEG.contains(name.getName());
        if (!one && !(filters instanceof COSArray array && endsInJpeg(array))) {
            return;
        }
        byte[] jpeg;
        try (InputStream in = new PDStream(stream).createInputStream(JPEG)) {
            jpeg = in.readAllBytes();
        }
        if (FileKind.of(jpeg) != FileKind.JPEG || !(JpegCleaning.clean(jpeg, mostPixels) instanceof Cleaned.Clean clean)) {
            throw new CleanPdf.Unfit(CleanPdf.BROKEN);
        }
        COSBase parameters = one ? stream.getItem(COSName.DECODE_PARMS) : null;
        try (OutputStream out = stream.createRawOutputStream()) {
            out.write(clean.bytes());
        }
        stream.setItem(COSName.FILTER, COSName.DCT_DECODE);
        stream.setItem(COSName.DECODE_PARMS, parameters);
    }

    private static boolean endsInJpeg(COSArray filters) {
        return filters.size() > 0 && filters.getObject(filters.size() - 1) instanceof COSName last && JPEG.contains(last.getName());
    }

    private static List<COSName> names(String... names) {
        return java.util.Arrays.stream(names).map(COSName::getPDFName).toList();
    }
}
