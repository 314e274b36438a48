package uk.waymark.statements.document;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.fontbox.ttf.TTFSubsetter;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSFloat;
import org.apache.pdfbox.cos.COSInteger;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.common.PDStream;

/**
 * What one document has of one font. Each character code stands for one glyph and one meaning: a glyph that stands for two
 * texts has two codes, so that what is copied out of the document is what was typed.
 */
final class EmbeddedFace {
    /** So many codes at most for glyphs that have one already: the rest of the 65,535 is for glyphs that have none yet. */
    private static final int ROOM_FOR_MEANINGS = 20_000;
    /** In code points: a map holds no more than 512 bytes for a code. A letter under more accents is said by its paragraph. */
    private static final int LONGEST_MEANING = 100;
    /** All that a PDF reader needs of a font: the shaping is done. */
    private static final List<String> TABLES = List.of("head", "hhea", "maxp", "hmtx", "loca", "glyf", "cvt ", "fpgm", "prep");
    private final Face face;
    private final int number;
    private final COSDictionary dictionary = new COSDictionary();
    private final List<Integer> glyphs = new ArrayList<>(List.of(0));
    private final List<String> meanings = new ArrayList<>(List.of("\uFFFD"));
    private final Map<String, Integer> codes = new HashMap<>();
    private final Map<Integer, Integer> firstCodes = new HashMap<>();

    /** @param number of the font within its document, from 0 */
    EmbeddedFace(Face face, int number) {
        this.face = face;
        this.number = number;
    }

    String resource() {
        return "F" + number;
    }

    COSDictionary dictionary() {
        return dictionary;
    }

    int code(Glyph glyph) {
        String key = glyph.id() + " " + glyph.text();
        Integer code = codes.get(key);
        if (code == null && firstCodes.containsKey(glyph.id()) && glyphs.size() > ROOM_FOR_MEANINGS) {
            return firstCodes.get(glyph.id());
        }
        if (code == null) {
            code = glyphs.size();
            glyphs.add(glyph.id());
            meanings.add(glyph.text());
            codes.put(key, code);
            firstCodes.putIfAbsent(glyph.id(), code);
        }
        return code;
    }

    /** Once all text is drawn. */
    void embed(PDDocument document) throws IOException {
        var file = new ByteArrayOutputStream();
        Map<Integer, Integer> places = new HashMap<>();
        COSDictionary descriptor;
        String name;
        synchronized (face) {
            name = "WAYMK" + (char) ('A' + number) + "+" + face.outlines().getName();
            descriptor = descriptor(face.outlines(), name);
            var subset = new TTFSubsetter(face.outlines(), TABLES);
            subset.addGlyphIds(new TreeSet<>(glyphs));
            subset.setPrefix(name.substring(0, 6) + "+");
            subset.getGIDMap().forEach((place, glyph) -> places.put(glyph, place));
            subset.writeToStream(file);
        }
        PDStream program = stream(document, file.toByteArray());
        program.getCOSObject().setInt(COSName.LENGTH1, file.size());
        descriptor.setItem(COSName.FONT_FILE2, program);
        dictionary.setItem(COSName.TYPE, COSName.FONT);
        dictionary.setItem(COSName.SUBTYPE, COSName.TYPE0);
        dictionary.setName(COSName.BASE_FONT, name);
        dictionary.setItem(COSName.ENCODING, COSName.IDENTITY_H);
        dictionary.setItem(COSName.DESCENDANT_FONTS, array(drawings(document, name, descriptor, places)));
        dictionary.setItem(COSName.TO_UNICODE, stream(document, toUnicode().getBytes(StandardCharsets.US_ASCII)));
    }

    private COSDictionary drawings(PDDocument document, String name, COSDictionary descriptor, Map<Integer, Integer> places)
            throws IOException {
        byte[] glyphOfCode = new byte[2 * glyphs.size()];
        var widths = new COSArray();
        for (int code = 0; code < glyphs.size(); code++) {
            int place = places.getOrDefault(glyphs.get(code), 0);
            glyphOfCode[2 * code] = (byte) (place >> 8);
            glyphOfCode[2 * code + 1] = (byte) place;
            widths.add(new COSFloat(face.width(glyphs.get(code))));
        }
        var system = new COSDictionary();
        system.setString(COSName.REGISTRY, "Adobe");
        system.setString(COSName.ORDERING, "Identity");
        system.setInt(COSName.SUPPLEMENT, 0);
        var drawings = new COSDictionary();
        drawings.setItem(COSName.TYPE, COSName.FONT);
        drawings.setItem(COSName.SUBTYPE, COSName.CID_FONT_TYPE2);
        drawings.setName(COSName.BASE_FONT, name);
        drawings.setItem(COSName.CIDSYSTEMINFO, system);
        drawings.setItem(COSName.FONT_DESC, descriptor);
        var fromZero = array(COSInteger.ZERO);
        fromZero.add(widths);
        drawings.setItem(COSName.W, fromZero);
        drawings.setInt(COSName.DW, Face.EM);
        drawings.setItem(COSName.CID_TO_GID_MAP, stream(document, glyphOfCode));
        return drawings;
    }

    private COSDictionary descriptor(TrueTypeFont font, String name) throws IOException {
        var descriptor = new COSDictionary();
        descriptor.setItem(COSName.TYPE, COSName.FONT_DESC);
        descriptor.setName(COSName.FONT_NAME, name);
        descriptor.setInt(COSName.FLAGS, 4); // symbolic: its codes are its own
        descriptor.setFloat(COSName.ASCENT, font.getHorizontalHeader().getAscender() * face.scale());
        descriptor.setFloat(COSName.DESCENT, font.getHorizontalHeader().getDescender() * face.scale());
        descriptor.setInt(COSName.CAP_HEIGHT, 700);
        descriptor.setInt(COSName.ITALIC_ANGLE, 0);
        descriptor.setInt(COSName.STEM_V, 80);
        var box = new COSArray();
        for (int edge : new int[] {font.getHeader().getXMin(), font.getHeader().getYMin(), font.getHeader().getXMax(),
            font.getHeader().getYMax()}) {
            box.add(new COSFloat(edge * face.scale()));
        }
        descriptor.setItem(COSName.FONT_BBOX, box);
        return descriptor;
    }

    private String toUnicode() {
        var map = new StringBuilder("""
            /CIDInit /ProcSet findresource begin
            12 dict begin
            begincmap
            /CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def
            /CMapName /Adobe-Identity-UCS def
            /CMapType 2 def
            1 begincodespacerange
            <0000> <FFFF>
            endcodespacerange
            """);
        for (int from = 1; from < meanings.size(); from += 100) { // no more at once, says the format
            int to = Math.min(meanings.size(), from + 100);
            map.append(to - from).append(" beginbfchar\n");
            for (int code = from; code < to; code++) {
                map.append("<%04X> <".formatted(code));
                meanings.get(code).codePoints().limit(LONGEST_MEANING).forEach(c -> {
                    for (char half : Character.toChars(c)) {
                        map.append("%04X".formatted((int) half));
                    }
                });
                map.append(">\n");
            }
            map.append("endbfchar\n");
        }
        return map.append("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n").toString();
    }

    private static PDStream stream(PDDocument document, byte[] bytes) throws IOException {
        return new PDStream(document, new ByteArrayInputStream(bytes), COSName.FLATE_DECODE);
    }

    private static COSArray array(COSBase first) {
        var array = new COSArray();
        array.add(first);
        return array;
    }
}
