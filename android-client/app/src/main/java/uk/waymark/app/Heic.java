package uk.waymark.app;

import android.graphics.Bitmap;
import android.graphics.ImageDecoder;
import android.util.Size;
import androidx.annotation.RequiresApi;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A photo in a form that is not taken (HEIC), made into one that is: upright, and without what the camera noted of place and phone. */
@RequiresApi(28)
final class Heic {
    private static final double MOST = 16e6; // pixels: in memory each has four bytes
    private static final int GOOD = 92;
    private static final int FAIR = 75;

    private Heic() {}

    /**
     * Takes time.
     *
     * @param most how many bytes it may have; a photo that would have more is made with less detail
     * @throws IOException where this phone cannot read it
     */
    static byte[] jpeg(byte[] photo, int most) throws IOException {
        Bitmap bitmap = ImageDecoder.decodeBitmap(ImageDecoder.createSource(ByteBuffer.wrap(photo)), (decoder, info, source) -> {
            decoder.setAllocator(ImageDecoder.ALLOCATOR_SOFTWARE);
            Size size = info.getSize();
            double smaller = Math.sqrt(MOST / size.getWidth() / size.getHeight());
            if (smaller < 1) {
                decoder.setTargetSize(Math.max(1, (int) (size.getWidth() * smaller)), Math.max(1, (int) (size.getHeight() * smaller)));
            }
        });
        byte[] good = compressed(bitmap, GOOD);
        return good.length <= most ? good : compressed(bitmap, FAIR);
    }

    private static byte[] compressed(Bitmap bitmap, int quality) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        if (!bitmap.compress(Bitmap.CompressFormat.JPEG, quality, out)) {
            throw new IOException("no JPEG of it");
        }
        return out.toByteArray();
    }
}
