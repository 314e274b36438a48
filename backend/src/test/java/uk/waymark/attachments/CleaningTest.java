package uk.waymark.attachments;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import uk.waymark.testing.Pictures;

/** What is taken out of photos, and what is refused, without an application. */
class CleaningTest {
    private static final long PIXELS = 100_000_000;

    private static byte[] clean(Cleaned cleaned) {
        return assertInstanceOf(Cleaned.Clean.class, cleaned, cleaned::toString).bytes();
    }

    private static String why(Cleaned cleaned) {
        return assertInstanceOf(Cleaned.Refused.class, cleaned).why();
    }

    private static byte[] pixels(byte[] picture) throws IOException {
        var image = ImageIO.read(new ByteArrayInputStream(picture));
        int[] all = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
        ByteBuffer bytes = ByteBuffer.allocate(all.length * 4);
        Arrays.stream(all).forEach(bytes::putInt);
        return bytes.array();
    }

    private static byte[] joined(byte[]... parts) {
        var out = new ByteArrayOutputStream();
        Arrays.stream(parts).forEach(out::writeBytes);
        return out.toByteArray();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] chunk(String type, byte[] data) {
        var crc = new CRC32();
        crc.update(ascii(type));
        crc.update(data);
        return joined(ByteBuffer.allocate(4).putInt(data.length).array(), ascii(type), data,
            ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
    }

    @Test
    void aPhotoKeepsItsPictureAndWhichWayUpAndNothingElse() throws IOException {
        byte[] photo = Pictures.ofAPhone();
        String before = Pictures.said(photo);
        assertTrue(before.contains("GPSLatitude") && before.contains("Phone of Alys") && before.contains("2026:11:20"), before);
        byte[] cleaned = clean(JpegCleaning.clean(photo, PIXELS));
        String after = Pictures.said(cleaned);
        assertTrue(after.contains("Orientation: 6"), after);
        for (String gone : new String[] {"GPS", "Phone", "2026", "Date", "Make"}) {
            assertFalse(after.contains(gone) || new String(cleaned, StandardCharsets.ISO_8859_1).contains("Alys"), after);
        }
        assertArrayEquals(pixels(photo), pixels(cleaned), "not one point is another");
        assertArrayEquals(cleaned, clean(JpegCleaning.clean(cleaned, PIXELS)), "what is clean stays as it is");
    }

    @Test
    void whatIsHiddenInAPhotoOrBehindItGoes() throws IOException {
        byte[] plain = Pictures.jpeg();
        byte[] page = ascii("<html><script>alert(1)</script></html>");
        byte[] comment = joined(new byte[] {(byte) 0xFF, (byte) 0xFE, 0, (byte) (page.length + 2)}, page);
        byte[] xmp = joined(new byte[] {(byte) 0xFF, (byte) 0xE1, 0, (byte) (page.length + 2)}, page);
        byte[] start = Arrays.copyOf(plain, 2);
        byte[] rest = Arrays.copyOfRange(plain, 2, plain.length);
        byte[] cleaned = clean(JpegCleaning.clean(joined(start, comment, xmp, rest, ascii("PK\3\4"), page), PIXELS));
        assertFalse(new String(cleaned, StandardCharsets.ISO_8859_1).contains("script"));
        assertArrayEquals(pixels(plain), pixels(cleaned));
        assertArrayEquals(clean(JpegCleaning.clean(plain, PIXELS)), cleaned);
    }

    @Test
    void aPngLosesItsTextsAndWhateverFollows() throws IOException {
        byte[] plain = Pictures.png();
        int head = 8 + 25;
        byte[] noisy = joined(Arrays.copyOf(plain, head), chunk("tEXt", ascii("Author\0Alys")), chunk("eXIf", ascii("MM")),
            chunk("iTXt", ascii("XML:com.adobe.xmp\0<x/>")), chunk("tIME", new byte[7]), Arrays.copyOfRange(plain, head, plain.length),
            ascii("<html>"));
        byte[] cleaned = clean(PngCleaning.clean(noisy, PIXELS));
        String text = new String(cleaned, StandardCharsets.ISO_8859_1);
        for (String gone : new String[] {"tEXt", "Alys", "eXIf", "iTXt", "tIME", "<html>"}) {
            assertFalse(text.contains(gone), gone);
        }
        assertArrayEquals(pixels(plain), pixels(cleaned));
    }

    @Test
    void morePointsThanPhonesCanShowAreRefusedWithoutDrawingThem() {
        byte[] png = joined(ascii("\u0089PNG\r\n\u001A\n"), chunk("IHDR", ByteBuffer.allocate(13).putInt(60_000).putInt(60_000)
            .put(new byte[] {8, 2, 0, 0, 0}).array()), chunk("IDAT", new byte[10]), chunk("IEND", new byte[0]));
        assertEquals("pixels", why(PngCleaning.clean(png, PIXELS)));
        byte[] jpeg = Pictures.jpeg();
        for (int i = 2; i < jpeg.length - 8; i++) {
            if ((jpeg[i] & 0xFF) == 0xFF && (jpeg[i + 1] & 0xFF) == 0xC0) {
                Arrays.fill(jpeg, i + 5, i + 9, (byte) 0xF0);
                break;
            }
        }
        assertEquals("pixels", why(JpegCleaning.clean(jpeg, PIXELS)));
    }

    @Test
    void whateverIsCutOffOrDamagedIsRefusedAndNeverFails() {
        byte[] jpeg = Pictures.ofAPhone();
        byte[] png = Pictures.png();
        for (int length = 12; length < jpeg.length - 1; length += 7) {
            assertEquals("broken", why(JpegCleaning.clean(Arrays.copyOf(jpeg, length), PIXELS)), "cut at " + length);
        }
        for (int length = 12; length < png.length; length++) {
            assertEquals("broken", why(PngCleaning.clean(Arrays.copyOf(png, length), PIXELS)), "cut at " + length);
        }
        var random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            byte[] bad = (i % 2 == 0 ? jpeg : png).clone();
            for (int n = 0; n < 1 + i % 5; n++) {
                bad[8 + random.nextInt(bad.length - 8)] = (byte) random.nextInt(256);
            }
            Cleaned cleaned = i % 2 == 0 ? JpegCleaning.clean(bad, PIXELS) : PngCleaning.clean(bad, PIXELS);
            if (cleaned instanceof Cleaned.Clean c) {
                assertTrue(c.bytes().length <= bad.length + 36, "nothing grows");
                assertFalse(new String(c.bytes(), StandardCharsets.ISO_8859_1).contains("Alys"));
            }
        }
    }

    @Test
    void filesAreKnownByHowTheyBegin() {
        assertEquals(FileKind.JPEG, FileKind.of(Pictures.jpeg()));
        assertEquals(FileKind.PNG, FileKind.of(Pictures.png()));
        assertEquals(FileKind.PDF, FileKind.of(ascii("%PDF-1.7\n")));
        assertEquals(FileKind.HEIC, FileKind.of(ascii("\0\0\0\u0018ftypheic\0\0\0\0")));
        assertEquals(FileKind.WEBP, FileKind.of(ascii("RIFF\0\0\0\0WEBPVP8 ")));
        assertEquals(FileKind.ARCHIVE, FileKind.of(ascii("PK\3\4")));
        assertEquals(FileKind.PROGRAM, FileKind.of(ascii("MZ\u0090\0")));
        assertEquals(FileKind.TEXT, FileKind.of(ascii("\u00EF\u00BB\u00BF <svg xmlns='x'>")));
        assertEquals(FileKind.TEXT, FileKind.of(ascii("<!DOCTYPE html>")));
        assertEquals(FileKind.UNKNOWN, FileKind.of(new byte[0]));
    }

    @Test
    void namesHideNothing() {
        assertEquals("passwd.jpg", FileNames.safe("../../etc/passwd", FileKind.JPEG));
        assertEquals("a.jpg", FileNames.safe("C:\\Users\\Alys\\a.exe", FileKind.JPEG));
        assertEquals("lettergpj.pdf", FileNames.safe("letter\u202Egpj.exe", FileKind.PDF));
        assertEquals("a b.png", FileNames.safe("a\r\n\t \u0000b\u200B.PNG", FileKind.PNG));
        assertEquals("photo.jpg", FileNames.safe("...", FileKind.JPEG));
        assertEquals("document.pdf", FileNames.safe("", FileKind.PDF));
        assertEquals("Llythyr at D\u0175r.pdf", FileNames.of("Llythyr%20at%20Dw%CC%82r.pdf", FileKind.PDF));
        assertEquals(84, FileNames.safe("x".repeat(500) + ".pdf", FileKind.PDF).length());
        assertEquals("attachment; filename=\"D_r_.pdf\"; filename*=UTF-8''D%C5%B5r%22.pdf", FileNames.disposition("D\u0175r\".pdf"));
    }
}
