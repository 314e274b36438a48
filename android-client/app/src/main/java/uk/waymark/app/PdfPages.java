package uk.waymark.app;

import android.graphics.Bitmap;
import android.graphics.Color;
import android.graphics.pdf.PdfRenderer;
import android.os.ParcelFileDescriptor;
import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Draws the pages of a PDF. Android's own drawing wants a file: it has no name any more by the time that it is read. */
final class PdfPages {
    private PdfPages() {}

    /** @param folder the app's own @param width of each page, in pixels */
    static List<Bitmap> draw(byte[] pdf, File folder, int width) throws IOException {
        File file = File.createTempFile("page", null, folder);
        List<Bitmap> pages = new ArrayList<>();
        try (ParcelFileDescriptor open = nameless(pdf, file); PdfRenderer renderer = new PdfRenderer(open)) {
            for (int i = 0; i < renderer.getPageCount(); i++) {
                try (PdfRenderer.Page page = renderer.openPage(i)) {
                    Bitmap bitmap = Bitmap.createBitmap(width, width * page.getHeight() / page.getWidth(), Bitmap.Config.ARGB_8888);
                    bitmap.eraseColor(Color.WHITE);
                    page.render(bitmap, null, null, PdfRenderer.Page.RENDER_MODE_FOR_DISPLAY);
                    pages.add(bitmap);
                }
            }
        }
        return pages;
    }

    static ParcelFileDescriptor nameless(byte[] bytes, File file) throws IOException {
        try {
            ParcelFileDescriptor open = ParcelFileDescriptor.open(file, ParcelFileDescriptor.MODE_READ_WRITE);
            if (!file.delete()) {
                open.close();
                throw new IOException("the file stays");
            }
            FileOutputStream out = new FileOutputStream(open.getFileDescriptor()); // closed with what it writes to
            out.write(bytes);
            return open;
        } finally {
            file.delete();
        }
    }
}
