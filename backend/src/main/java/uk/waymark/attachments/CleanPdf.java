package uk.waymark.attachments;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;
import org.apache.pdfbox.pdmodel.interactive.form.PDAcroForm;

/**
 * Makes a new document of what a PDF shows. A program of its own: it reads the PDF from its standard input, writes the new one to its
 * standard output, and ends with one of the codes below. Whatever a document makes it do, it has little memory, no key and no database.
 *
 * <p>Only what is drawn is taken over: pages with their contents and fonts, drawn notes, and what was filled into a form. Programs,
 * actions, links, embedded files, attached sounds and films, titles, authors, times, tags and bookmarks are not.
 */
final class CleanPdf {
    static final int BROKEN = 3;
    static final int ENCRYPTED = 4;
    static final int TOO_MANY_PAGES = 5;
    static final int JPEG_2000 = 6;
    static final int DRAWN_BY_A_PROGRAM = 7;
    /** How a note is drawn, never who made it, when, in which words, or what happens when it is touched. */
    private static final COSName[] OF_A_NOTE = names("Type", "Subtype", "Rect", "AP", "AS", "F", "C", "CA", "IC", "Border", "BS", "QuadPoints",
        "InkList", "L", "Vertices", "LE", "RD", "BE");
    private static final java.util.Set<String> NOTES = java.util.Set.of("FreeText", "Line", "Square", "Circle", "Polygon", "PolyLine",
        "Highlight", "Underline", "Squiggly", "StrikeOut", "Stamp", "Ink", "Redact");

    private CleanPdf() { }

    /** Why a document is not taken. */
    static final class Unfit extends IOException {
        private static final long serialVersionUID = 1L;
        private final int code;

        Unfit(int code) {
            super("unfit " + code);
            this.code = code;
        }

        int code() {
            return code;
        }
    }

    /** @param arguments most pages, most points of a picture */
    public static void main(String[] arguments) throws IOException {
        PrintStream out = System.out;
        // whatever a library has to say goes elsewhere
        System.setOut(System.err);
        try {
            out.write(clean(System.in.readAllBytes(), Integer.parseInt(arguments[0]), Long.parseLong(arguments[1])));
            out.flush();
            System.exit(0);
        } catch (Unfit e) {
            System.exit(e.code());
        } catch (InvalidPasswordException e) {
            System.exit(ENCRYPTED);
        } catch (IOException | RuntimeException | StackOverflowError | OutOfMemoryError e) {
            System.exit(BROKEN);
        }
    }

    static byte[] clean(byte[] in, int mostPages, long mostPixels) throws IOException {
        try (PDDocument from = Loader.loadPDF(in); PDDocument to = new PDDocument()) {
            if (from.isEncrypted()) {
                throw new Unfit(ENCRYPTED);
            }
            int pages = from.getNumberOfPages();
            if (pages == 0 || pages > mostPages) {
                throw new Unfit(pages == 0 ? BROKEN : TOO_MANY_PAGES);
            }
            flatten(from);
            var scrubbing = new PdfScrubbing(mostPixels);
            for (PDPage page : from.getPages()) {
                PDPage copy = page(page);
                scrubbing.scrub(copy.getCOSObject());
                to.addPage(copy);
            }
            layers(from, to, scrubbing);
            var out = new ByteArrayOutputStream(in.length);
            to.save(out);
            return out.toByteArray();
        }
    }

    /** What was filled in becomes part of the page. */
    private static void flatten(PDDocument from) throws IOException {
        PDAcroForm form = from.getDocumentCatalog().getAcroForm(null);
        if (form == null) {
            return;
        }
        if (form.xfaIsDynamic()) {
            throw new Unfit(DRAWN_BY_A_PROGRAM);
        }
        form.flatten();
    }

    private static PDPage page(PDPage page) {
        var copy = new PDPage(page.getMediaBox());
        COSDictionary dictionary = copy.getCOSObject();
        copy.setCropBox(page.getCropBox());
        copy.setRotation(page.getRotation());
        if (page.getResources() != null) {
            copy.setResources(page.getResources());
        }
        take(page.getCOSObject(), dictionary, COSName.CONTENTS, COSName.getPDFName("UserUnit"), COSName.getPDFName("Group"));
        var notes = new COSArray();
        if (page.getCOSObject().getDictionaryObject(COSName.ANNOTS) instanceof COSArray all) {
            for (int i = 0; i < all.size(); i++) {
                if (all.getObject(i) instanceof COSDictionary note && NOTES.contains(note.getNameAsString(COSName.SUBTYPE, ""))) {
                    var kept = new COSDictionary();
                    take(note, kept, OF_A_NOTE);
                    notes.add(kept);
                }
            }
        }
        if (notes.size() > 0) {
            dictionary.setItem(COSName.ANNOTS, notes);
        }
        return copy;
    }

    /** Which layers are shown: without it, hidden ones would be. */
    private static void layers(PDDocument from, PDDocument to, PdfScrubbing scrubbing) throws IOException {
        COSName name = COSName.getPDFName("OCProperties");
        if (from.getDocumentCatalog().getCOSObject().getDictionaryObject(name) instanceof COSDictionary layers) {
            scrubbing.scrub(layers);
            to.getDocumentCatalog().getCOSObject().setItem(name, layers);
        }
    }

    private static void take(COSDictionary from, COSDictionary to, COSName... names) {
        for (COSName name : names) {
            COSBase value = from.getItem(name);
            if (value != null) {
                to.setItem(name, value);
            }
        }
    }

    private static COSName[] names(String... names) {
        return java.util.Arrays.stream(names).map(COSName::getPDFName).toArray(COSName[]::new);
    }
}
