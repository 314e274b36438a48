package uk.waymark.testing;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;
import org.apache.commons.imaging.Imaging;
import org.apache.commons.imaging.ImagingException;
import org.apache.commons.imaging.formats.jpeg.exif.ExifRewriter;
import org.apache.commons.imaging.formats.tiff.constants.ExifTagConstants;
import org.apache.commons.imaging.formats.tiff.constants.TiffTagConstants;
import org.apache.commons.imaging.formats.tiff.write.TiffOutputSet;

/** Small pictures, and such as phones make them: with where and by what they were taken. */
public final class Pictures {
    private Pictures() { }

    public static byte[] jpeg() {
        return image("jpeg");
    }

    public static byte[] png() {
        return image("png");
    }

    private static byte[] image(String format) {
        var image = new BufferedImage(64, 48, BufferedImage.TYPE_INT_RGB);
        var drawing = image.createGraphics();
        drawing.setColor(Color.ORANGE);
        drawing.fillOval(4, 4, 40, 40);
        drawing.dispose();
        var out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, format, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** Taken at Cardiff Castle, held on its side (orientation 6), by a phone with a name. */
    public static byte[] ofAPhone() {
        try {
            var said = new TiffOutputSet();
            said.getOrCreateRootDirectory().add(TiffTagConstants.TIFF_TAG_ORIENTATION, (short) 6);
            said.getOrCreateRootDirectory().add(TiffTagConstants.TIFF_TAG_MAKE, "Phone of Alys");
            said.getOrCreateExifDirectory().add(ExifTagConstants.EXIF_TAG_DATE_TIME_ORIGINAL, "2026:11:20 10:11:12");
            said.setGpsInDegrees(-3.1811, 51.4823);
            var out = new ByteArrayOutputStream();
            new ExifRewriter().updateExifMetadataLossless(jpeg(), out, said);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a library reads of it beside the picture; empty for nothing. */
    public static String said(byte[] picture) {
        try {
            var metadata = Imaging.getMetadata(picture);
            return metadata == null ? "" : metadata.toString();
        } catch (ImagingException e) {
            throw new IllegalArgumentException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
