package uk.waymark.testing;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;

/** Pictures of pages, small enough to be kept beside the docs: few colours, since pages have few. */
public final class SmallPicture {
    private static final int MOST_BYTES = 60_000;
    private static final int LONGEST = 1_600;
    private static final int GAP = 12;
    private static final int CAPTION = 18;

    private SmallPicture() { }

    /** Names and pictures of a contact sheet, in their order. */
    public static final class Sheet {
        private final List<Map.Entry<String, BufferedImage>> pictures = new ArrayList<>();
        private final int width;
        private final int most;
        private final int columns;

        private Sheet(int width, int most, int columns) {
            this.width = width;
            this.most = most;
            this.columns = columns;
        }

        public static Sheet ofPhones() {
            return new Sheet(150, 300, 10);
        }

        /** Wider, since a page of a desk is. */
        public static Sheet ofDesks() {
            return new Sheet(312, 300, 5);
        }

        public void add(String name, byte[] png) throws IOException {
            BufferedImage whole = ImageIO.read(new ByteArrayInputStream(png));
            double scale = (double) width / whole.getWidth();
            int height = Math.min(most, (int) (whole.getHeight() * scale));
            var small = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
            Graphics2D g = small.createGraphics();
            g.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
            g.setRenderingHint(RenderingHints.KEY_RENDERING, RenderingHints.VALUE_RENDER_QUALITY);
            BufferedImage half = halved(whole);
            g.drawImage(half, 0, 0, width, (int) (whole.getHeight() * scale), null);
            g.dispose();
            pictures.add(Map.entry(name, small));
        }

        /** All of them on one picture, with their names. */
        public void write(Path file) throws IOException {
            int rows = (pictures.size() + columns - 1) / columns;
            var sheet = new BufferedImage(columns * (width + GAP) + GAP, rows * (most + CAPTION + GAP) + GAP,
                BufferedImage.TYPE_INT_RGB);
            Graphics2D g = sheet.createGraphics();
            g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
            g.setColor(new Color(0xd8dadb));
            g.fillRect(0, 0, sheet.getWidth(), sheet.getHeight());
            g.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
            for (int i = 0; i < pictures.size(); i++) {
                int x = GAP + i % columns * (width + GAP);
                int y = GAP + i / columns * (most + CAPTION + GAP);
                g.setColor(Color.BLACK);
                g.drawString(pictures.get(i).getKey(), x, y + CAPTION - 5);
                g.drawImage(pictures.get(i).getValue(), x, y + CAPTION, null);
            }
            g.dispose();
            Files.write(file, encoded(sheet, 24));
        }

        /** Twice over, since one step to a third of the size leaves letters out. */
        private static BufferedImage halved(BufferedImage whole) {
            var half = new BufferedImage(Math.max(1, whole.getWidth() / 2), Math.max(1, whole.getHeight() / 2), BufferedImage.TYPE_INT_RGB);
            Graphics2D g = half.createGraphics();
            g.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
            g.drawImage(whole, 0, 0, half.getWidth(), half.getHeight(), null);
            g.dispose();
            return half;
        }
    }

    /** At most 60 kB, cut off below where a page is very long. @param png as the browser made it */
    public static void write(byte[] png, Path file) throws IOException {
        BufferedImage whole = ImageIO.read(new ByteArrayInputStream(png));
        BufferedImage shown = whole.getHeight() <= LONGEST ? whole : whole.getSubimage(0, 0, whole.getWidth(), LONGEST);
        byte[] small = png;
        for (int colours = 48; small.length > MOST_BYTES && colours >= 4 || colours == 48; colours -= colours > 16 ? 16 : 6) {
            small = encoded(shown, colours);
        }
        Files.write(file, small);
    }

    private static byte[] encoded(BufferedImage image, int colours) throws IOException {
        int[] palette = palette(image, colours);
        var indexed = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_BYTE_INDEXED,
            new IndexColorModel(8, palette.length, palette, 0, false, -1, java.awt.image.DataBuffer.TYPE_BYTE));
        var known = new HashMap<Integer, Integer>();
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                int rgb = image.getRGB(x, y) & 0xffffff;
                indexed.getRaster().setSample(x, y, 0, known.computeIfAbsent(rgb, c -> nearest(palette, c)));
            }
        }
        var out = new ByteArrayOutputStream();
        ImageIO.write(indexed, "png", out);
        return out.toByteArray();
    }

    /** The colours that there is most of, none of them close to another. */
    private static int[] palette(BufferedImage image, int colours) {
        var counted = new HashMap<Integer, Integer>();
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                counted.merge(image.getRGB(x, y) & 0xffffff, 1, Integer::sum);
            }
        }
        var chosen = new ArrayList<Integer>();
        counted.entrySet().stream().sorted(Map.Entry.<Integer, Integer>comparingByValue().reversed()).limit(4_000).map(Map.Entry::getKey)
            .forEach(c -> {
                if (chosen.size() < colours && chosen.stream().allMatch(o -> distance(o, c) > 600)) {
                    chosen.add(c);
                }
            });
        return chosen.stream().mapToInt(Integer::intValue).toArray();
    }

    private static int nearest(int[] palette, int rgb) {
        int best = 0;
        for (int i = 1; i < palette.length; i++) {
            if (distance(palette[i], rgb) < distance(palette[best], rgb)) {
                best = i;
            }
        }
        return best;
    }

    private static int distance(int a, int b) {
        int red = (a >> 16 & 0xff) - (b >> 16 & 0xff);
        int green = (a >> 8 & 0xff) - (b >> 8 & 0xff);
        int blue = (a & 0xff) - (b & 0xff);
        return red * red + green * green + blue * blue;
    }
}
