package uk.waymark.statements.document;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDResources;
import org.apache.pdfbox.pdmodel.common.PDMetadata;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.common.PDStream;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDMarkInfo;
import org.apache.pdfbox.pdmodel.interactive.viewerpreferences.PDViewerPreferences;

/** Puts sheets on paper: a PDF that PDF/UA-1 holds for accessible. */
final class Paper implements AutoCloseable {
    private final PDDocument document = new PDDocument();
    private final Map<Face, EmbeddedFace> faces = new LinkedHashMap<>();
    private final COSDictionary fonts = new COSDictionary();
    private final Tags tags;

    /** What stands in a page's margin, again and again: not read to anybody, for the text says it once. */
    record Margin(Line line, float size, float x, float y) {}

    /**
     * @param title in the language of the document
     * @param language BCP 47 tag
     */
    Paper(String title, String language) {
        tags = new Tags(language);
        document.setVersion(1.7f);
        document.setDocumentId(0L); // else it were the time, and no two files the same
        document.getDocumentInformation().setTitle(title);
        var catalogue = document.getDocumentCatalog();
        catalogue.setLanguage(language);
        catalogue.setStructureTreeRoot(tags.root());
        var marked = new PDMarkInfo();
        marked.setMarked(true);
        catalogue.setMarkInfo(marked);
        var view = new PDViewerPreferences(new COSDictionary());
        view.setDisplayDocTitle(true);
        catalogue.setViewerPreferences(view);
        try {
            var metadata = new PDMetadata(document);
            metadata.importXMPMetadata(METADATA.formatted(escaped(title), language).getBytes(StandardCharsets.UTF_8));
            catalogue.setMetadata(metadata);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final String METADATA = """
        <?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>
        <x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
        <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
        <dc:title><rdf:Alt><rdf:li xml:lang="x-default">%s</rdf:li></rdf:Alt></dc:title>
        <dc:language><rdf:Bag><rdf:li>%s</rdf:li></rdf:Bag></dc:language>
        <pdfuaid:part>1</pdfuaid:part>
        </rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>""";

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    void add(Sheet sheet, List<Margin> margins) throws IOException {
        var page = new PDPage(PDRectangle.A4);
        document.addPage(page);
        page.getCOSObject().setItem(COSName.getPDFName("Tabs"), COSName.S);
        page.getCOSObject().setInt(COSName.STRUCT_PARENTS, tags.newPage());
        var resources = new PDResources();
        resources.getCOSObject().setItem(COSName.FONT, fonts);
        page.setResources(resources);
        var ink = new Ink(this::embedded);
        for (Sheet.Part part : sheet.parts()) {
            Block.Style style = part.block().style();
            ink.begin("/%s <</MCID %d>>".formatted(style.tag(), tags.mark(part.block(), page)));
            float y = part.y();
            for (Line line : part.block().lines().subList(part.from(), part.to())) {
                float x = line.fromRight() ? Sheet.LEFT + Sheet.WIDTH - line.width() : Sheet.LEFT;
                ink.draw(line, x, y, style.size());
                y -= style.leading();
            }
            ink.end();
        }
        for (Margin margin : margins) {
            ink.begin("/Artifact <</Type /Pagination>>");
            ink.draw(margin.line(), margin.x(), margin.y(), margin.size());
            ink.end();
        }
        page.setContents(new PDStream(document, new ByteArrayInputStream(ink.bytes()), COSName.FLATE_DECODE));
    }

    private EmbeddedFace embedded(Face face) {
        return faces.computeIfAbsent(face, f -> {
            var embedded = new EmbeddedFace(f, faces.size());
            fonts.setItem(COSName.getPDFName(embedded.resource()), embedded.dictionary());
            return embedded;
        });
    }

    byte[] bytes() throws IOException {
        for (EmbeddedFace face : faces.values()) {
            face.embed(document);
        }
        tags.close();
        var bytes = new ByteArrayOutputStream();
        document.save(bytes);
        return bytes.toByteArray();
    }

    @Override
    public void close() throws IOException {
        document.close();
    }
}
