package uk.waymark.notifications.bench;

import java.util.List;
import java.util.Locale;

/** Small drawings as SVG, readable in black and white. */
final class Plot {

    private static final int WIDTH = 620;
    private static final int HEIGHT = 300;
    private static final int LEFT = 60;
    private static final int BOTTOM = 250;
    private static final int TOP = 40;

    private final StringBuilder out = new StringBuilder();

    private Plot(String title) {
        add("""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="12">
            <title>%s</title><rect width="%d" height="%d" fill="white"/>
            <text x="%d" y="20" font-size="14">%s</text>
            <path d="M%d %d V%d H%d" fill="none" stroke="black"/>
            """, WIDTH, HEIGHT, title, WIDTH, HEIGHT, LEFT, title, LEFT, TOP, BOTTOM, WIDTH - 20);
    }

    /** Two bars for each name, ours black and the other white. */
    static String bars(String title, List<String> names, List<Double> ours, List<Double> theirs) {
        Plot plot = new Plot(title);
        double most = ours.stream().mapToDouble(v -> v).max().orElse(1);
        int step = (WIDTH - LEFT - 20) / names.size();
        for (int i = 0; i < names.size(); i++) {
            int x = LEFT + i * step + step / 5;
            plot.bar(x, step / 4, ours.get(i), most, "black");
            plot.bar(x + step / 4 + 8, step / 4, theirs.get(i), most, "white");
            plot.text(x + step / 4 + 4, BOTTOM + 16, names.get(i));
            plot.text(x + step / 4 + 4, BOTTOM + 32, String.format(Locale.ROOT, "× %.1f", ours.get(i) / theirs.get(i)));
        }
        plot.text(LEFT + 200, HEIGHT - 4, "black: Waymark; white: db-scheduler; messages a second");
        return plot.out + "</svg>\n";
    }

    /** One line through points, each with its words; both axes begin at nothing. */
    static String line(String title, List<Double> xs, List<Double> ys, List<String> words) {
        Plot plot = new Plot(title);
        double right = xs.getLast();
        double most = ys.stream().mapToDouble(v -> v).max().orElse(1);
        StringBuilder path = new StringBuilder();
        double stair = BOTTOM + 12;
        for (int i = 0; i < xs.size(); i++) {
            double x = LEFT + xs.get(i) / right * (WIDTH - LEFT - 140);
            double y = BOTTOM - ys.get(i) / most * (BOTTOM - TOP - 10);
            path.append(String.format(Locale.ROOT, "%s%.1f %.1f ", i == 0 ? "M" : "L", x, y));
            plot.add("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"4\"/>\n", x, y);
            // the first ones lie close together: their words stand like stairs beside them, the last one's before it
            boolean last = i == xs.size() - 1;
            stair = Math.min(y + 4, stair - 15);
            plot.add("<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>\n", last ? x - 10 : Math.max(x + 10, LEFT + 100), stair,
                last ? "end" : "start", words.get(i));
        }
        plot.add("<path d=\"%s\" fill=\"none\" stroke=\"black\"/>\n", path.toString().strip());
        return plot.out + "</svg>\n";
    }

    private void bar(int x, int width, double value, double most, String fill) {
        double height = value / most * (BOTTOM - TOP - 20);
        add("<rect x=\"%d\" y=\"%.1f\" width=\"%d\" height=\"%.1f\" fill=\"%s\" stroke=\"black\"/>\n", x, BOTTOM - height,
            width, height, fill);
        text(x + width / 2, (int) (BOTTOM - height - 6), String.format(Locale.ROOT, "%,.0f", value));
    }

    private void text(int x, int y, String text) {
        add("<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">%s</text>\n", x, y, text);
    }

    private void add(String format, Object... values) {
        out.append(String.format(Locale.ROOT, format, values));
    }
}
