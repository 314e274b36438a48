package uk.waymark.statements.document;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSInteger;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDStructureElement;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDStructureTreeRoot;

/** The tag tree of a document: what is read to a person, in its order, and which marks on which page show it. */
final class Tags {
    private final PDStructureTreeRoot root = new PDStructureTreeRoot();
    private final PDStructureElement document = new PDStructureElement("Document", root);
    private final Map<Block, PDStructureElement> elements = new IdentityHashMap<>();
    private final List<COSArray> pages = new ArrayList<>();

    /** @param language of the document, as a BCP 47 tag */
    Tags(String language) {
        document.setLanguage(language);
        root.appendKid(document);
    }

    PDStructureTreeRoot root() {
        return root;
    }

    /** @return its number, from 0 */
    int newPage() {
        pages.add(new COSArray());
        return pages.size() - 1;
    }

    /**
     * Says that the block, or its next lines, stand on the newest page.
     *
     * @return the number by which the page marks them
     */
    int mark(Block block, PDPage page) {
        PDStructureElement element = elements.computeIfAbsent(block, this::element);
        COSArray marks = pages.getLast();
        int number = marks.size();
        marks.add(element.getCOSObject());
        // inside its parent: poppler follows no reference to one of these
        var mark = new COSDictionary();
        mark.setItem(COSName.TYPE, COSName.getPDFName("MCR"));
        mark.setItem(COSName.PG, page.getCOSObject());
        mark.setInt(COSName.MCID, number);
        mark.setDirect(true);
        if (!(element.getCOSObject().getDictionaryObject(COSName.K) instanceof COSArray)) {
            element.getCOSObject().setItem(COSName.K, new COSArray());
        }
        ((COSArray) element.getCOSObject().getDictionaryObject(COSName.K)).add(mark);
        return number;
    }

    private PDStructureElement element(Block block) {
        var element = new PDStructureElement(block.style().tag(), document);
        if (block.language() != null) {
            element.setLanguage(block.language());
        }
        if (!block.saysItself()) {
            element.setActualText(block.text().said());
        }
        document.appendKid(element);
        return element;
    }

    /** Once all is marked: from the marks of each page back to what they show. */
    void close() {
        var numbers = new COSArray();
        for (int page = 0; page < pages.size(); page++) {
            numbers.add(COSInteger.get(page));
            numbers.add(pages.get(page));
        }
        var back = new COSDictionary();
        back.setItem(COSName.NUMS, numbers);
        root.getCOSObject().setItem(COSName.PARENT_TREE, back);
        root.setParentTreeNextKey(pages.size());
    }
}
