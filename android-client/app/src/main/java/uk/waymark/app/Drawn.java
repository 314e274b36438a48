package uk.waymark.app;

import android.content.Context;
import android.graphics.Bitmap;
import android.graphics.BitmapFactory;
import android.graphics.Color;
import android.graphics.Matrix;
import android.graphics.pdf.PdfRenderer;
import android.media.ExifInterface;
import android.os.Handler;
import android.os.HandlerThread;
import android.os.ParcelFileDescriptor;
import android.os.ProxyFileDescriptorCallback;
import android.os.storage.StorageManager;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/**
 * A photo, or a page of a document, as it is put on the screen. It is drawn from memory: not a byte is ever in a file.
 *
 * @param pages how many there are
 */
record Drawn(Bitmap bitmap, int pages) {
    private static final int WIDEST = 1600; // pixels: more than any phone shows, and no more than it can hold

    /** How wide a page is drawn, in pixels, where nobody has asked for another size. */
    static int wide(Context context) {
        return Math.min(WIDEST, 2 * context.getResources().getDisplayMetrics().widthPixels);
    }

    static Drawn photo(byte[] bytes) throws IOException {
        BitmapFactory.Options options = new BitmapFactory.Options();
        options.inJustDecodeBounds = true;
        BitmapFactory.decodeByteArray(bytes, 0, bytes.length, options);
        options.inSampleSize = 1;
        while (Math.max(options.outWidth, options.outHeight) / options.inSampleSize > 2 * WIDEST) {
            options.inSampleSize *= 2;
        }
        options.inJustDecodeBounds = false;
        Bitmap photo = BitmapFactory.decodeByteArray(bytes, 0, bytes.length, options);
        if (photo == null) {
            throw new IOException("no photo");
        }
        int held = new ExifInterface(new ByteArrayInputStream(bytes)).getAttributeInt(ExifInterface.TAG_ORIENTATION,
                ExifInterface.ORIENTATION_NORMAL);
        Matrix upright = new Matrix();
        upright.postRotate(switch (held) {
            case ExifInterface.ORIENTATION_ROTATE_90 -> 90;
            case ExifInterface.ORIENTATION_ROTATE_180 -> 180;
            case ExifInterface.ORIENTATION_ROTATE_270 -> 270;
            default -> 0;
        });
        return new Drawn(Bitmap.createBitmap(photo, 0, 0, photo.getWidth(), photo.getHeight(), upright, true), 1);
    }

    /** @param which the page, from 0 @param width of the picture, in pixels */
    static Drawn page(Context context, byte[] document, int which, int width) throws IOException {
        HandlerThread reading = new HandlerThread("document");
        reading.start();
        try (ParcelFileDescriptor file = context.getSystemService(StorageManager.class).openProxyFileDescriptor(
                ParcelFileDescriptor.MODE_READ_ONLY, inMemory(document), new Handler(reading.getLooper()));
                PdfRenderer renderer = new PdfRenderer(file); PdfRenderer.Page page = renderer.openPage(which)) {
            int high = Math.min(3 * width, Math.max(1, Math.round(width * (float) page.getHeight() / page.getWidth())));
            Bitmap bitmap = Bitmap.createBitmap(width, high, Bitmap.Config.ARGB_8888);
            bitmap.eraseColor(Color.WHITE);
            page.render(bitmap, null, null, PdfRenderer.Page.RENDER_MODE_FOR_DISPLAY);
            return new Drawn(bitmap, renderer.getPageCount());
        } finally {
            reading.quitSafely();
        }
    }

    private static ProxyFileDescriptorCallback inMemory(byte[] bytes) {
        return new ProxyFileDescriptorCallback() {
            @Override
            public long onGetSize() {
                return bytes.length;
            }

            @Override
            public int onRead(long offset, int size, byte[] into) {
                int some = (int) Math.max(0, Math.min(size, bytes.length - offset));
                System.arraycopy(bytes, (int) Math.min(offset, bytes.length), into, 0, some);
                return some;
            }

            @Override
            public void onRelease() {}
        };
    }
}
