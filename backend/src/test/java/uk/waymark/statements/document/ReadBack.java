package uk.waymark.statements.document;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDMarkedContentReference;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDStructureElement;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDStructureNode;
import org.apache.pdfbox.pdmodel.documentinterchange.markedcontent.PDMarkedContent;
import org.apache.pdfbox.pdmodel.font.PDType0Font;
import org.apache.pdfbox.text.PDFMarkedContentExtractor;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;

/** What a PDF says to others: along its tags, as plain text, to a validator. */
public final class ReadBack {
    /** A heading or paragraph of the tag tree; {@code language} null where it is the document's. */
    record Element(String tag, String language, String text) {}

    private ReadBack() {}

    /** In the order in which they are read to a person. */
    static List<Element> elements(byte[] pdf) {
        try (var document = Loader.loadPDF(pdf)) {
            Map<PDPage, Map<Integer, String>> marks = new HashMap<>();
            for (PDPage page : document.getPages()) {
                marks.put(page, marks(page));
            }
            var elements = new ArrayList<Element>();
            collect(document, document.getDocumentCatalog().getStructureTreeRoot(), elements, marks);
            return elements;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    public static List<String> paragraphs(byte[] pdf) {
        return elements(pdf).stream().map(Element::text).toList();
    }

    private static void collect(PDDocument document, PDStructureNode node, List<Element> elements,
                                Map<PDPage, Map<Integer, String>> marks) {
        for (Object kid : node.getKids()) {
            if (kid instanceof PDStructureElement element) {
                if (element.getKids().stream().anyMatch(PDMarkedContentReference.class::isInstance)) {
                    elements.add(new Element(element.getStructureType(), element.getLanguage(), text(document, element, marks)));
                } else {
                    collect(document, element, elements, marks);
                }
            }
        }
    }

    private static String text(PDDocument document, PDStructureElement element, Map<PDPage, Map<Integer, String>> marks) {
        if (element.getActualText() != null) {
            return element.getActualText();
        }
        var text = new StringBuilder();
        for (Object kid : element.getKids()) {
            var reference = (PDMarkedContentReference) kid;
            for (PDPage page : document.getPages()) {
                if (page.getCOSObject() == reference.getPage().getCOSObject()) {
                    text.append(marks.entrySet().stream().filter(e -> e.getKey().getCOSObject() == page.getCOSObject())
                        .findFirst().orElseThrow().getValue().get(reference.getMCID()));
                }
            }
        }
        return text.toString();
    }

    private static Map<Integer, String> marks(PDPage page) throws IOException {
        var extractor = new PDFMarkedContentExtractor();
        extractor.processPage(page);
        var marks = new HashMap<Integer, String>();
        for (PDMarkedContent content : extractor.getMarkedContents()) {
            if (content.getMCID() >= 0) {
                marks.put(content.getMCID(), text(content));
            }
        }
        return marks;
    }

    private static String text(PDMarkedContent content) {
        if (content.getActualText() != null) {
            return content.getActualText();
        }
        var text = new StringBuilder();
        for (Object part : content.getContents()) {
            text.append(part instanceof PDMarkedContent inner ? text(inner)
                : part instanceof TextPosition letter ? letter.getUnicode() : "");
        }
        return text.toString();
    }

    /** What is seen on each page, left to right and from the top, with one space for any white space. */
    static List<String> pages(byte[] pdf) {
        try (var document = Loader.loadPDF(pdf)) {
            var pages = new ArrayList<String>();
            for (int page = 1; page <= document.getNumberOfPages(); page++) {
                var stripper = new PDFTextStripper();
                stripper.setStartPage(page);
                stripper.setEndPage(page);
                pages.add(stripper.getText(document).replaceAll("\\s+", " "));
            }
            return pages;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Characters drawn as the box that stands for a missing glyph, or beyond the margins of the page. */
    static List<String> badlyDrawn(byte[] pdf) {
        var bad = new ArrayList<String>();
        try (var document = Loader.loadPDF(pdf)) {
            new PDFTextStripper() {
                @Override
                protected void processTextPosition(TextPosition letter) {
                    try {
                        for (int code : letter.getCharacterCodes()) {
                            if (((PDType0Font) letter.getFont()).codeToGID(code) == 0) {
                                bad.add("no glyph for " + letter.getUnicode());
                            }
                        }
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    }
                    if (letter.getXDirAdj() < Sheet.LEFT - 6 || letter.getXDirAdj() > Sheet.LEFT + Sheet.WIDTH + 6) {
                        bad.add("in the margin: " + letter.getUnicode());
                    }
                }
            }.getText(document);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return bad;
    }

    /** Why the document is not PDF/UA-1, as veraPDF says it; nothing where it is. */
    static List<String> notAccessible(byte[] pdf) {
        VeraGreenfieldFoundryProvider.initialise();
        try (var parser = Foundries.defaultInstance().createParser(new ByteArrayInputStream(pdf), PDFAFlavour.PDFUA_1);
             var validator = Foundries.defaultInstance().createValidator(PDFAFlavour.PDFUA_1, false)) {
            var result = validator.validate(parser);
            var failed = new ArrayList<>(result.getTestAssertions().stream()
                .filter(a -> a.getStatus() == TestAssertion.Status.FAILED).map(a -> a.getRuleId() + " " + a.getMessage()).toList());
            if (!result.isCompliant() && failed.isEmpty()) {
                failed.add("not compliant");
            }
            return failed;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
