package uk.waymark.statements.document;

import java.util.ArrayList;
import java.util.List;

/**
 * What stands on one page, A4, from the top down.
 *
 * @param parts in reading order
 */
record Sheet(List<Part> parts) {
    /** In points, from the lower left corner. */
    static final float LEFT = 56;
    static final float WIDTH = 483;
    static final float TOP = 786;
    static final float BOTTOM = 76;
    /** No paragraph begins with its first line alone at the foot of a page, and so many lines go with what it has to stay with. */
    private static final int TOGETHER = 2;

    /** Lines of a block, {@code to} not among them; {@code y} is where the first of them stands. */
    record Part(Block block, int from, int to, float y) {}

    /**
     * Blocks on as many pages as they need. One is on a page with the next where it asks for that and there is room; of a paragraph,
     * which may go over several pages, its last lines are.
     */
    static List<Sheet> of(List<Block> blocks) {
        var filling = new Filling();
        for (int i = 0; i < blocks.size(); i++) {
            if (i == 0 || !blocks.get(i - 1).keepsWithNext()) {
                filling.room(together(blocks, i));
            }
            boolean stays = splits(blocks.get(i)) && blocks.get(i).keepsWithNext() && i + 1 < blocks.size();
            filling.put(blocks.get(i), stays ? together(blocks, i + 1) : 0);
        }
        return filling.sheets;
    }

    /** Whether it is long enough to end on another page than it begins. */
    private static boolean splits(Block block) {
        return block.style() == Block.Style.BODY && block.lines().size() >= 2 * TOGETHER;
    }

    private static float together(List<Block> blocks, int first) {
        float height = 0;
        int i = first;
        for (; blocks.get(i).keepsWithNext() && !splits(blocks.get(i)) && i + 1 < blocks.size(); i++) {
            height += blocks.get(i).height(blocks.get(i).lines().size()) + blocks.get(i).style().after();
        }
        return height + blocks.get(i).height(Math.min(TOGETHER, blocks.get(i).lines().size()));
    }

    private static final class Filling {
        private final List<Sheet> sheets = new ArrayList<>();
        private float y;

        Filling() {
            turn();
        }

        private void turn() {
            sheets.add(new Sheet(new ArrayList<>()));
            y = TOP;
        }

        void room(float height) {
            if (y - height < BOTTOM && height <= TOP - BOTTOM) {
                turn();
            }
        }

        /** @param next the height of what the block's last lines have to be on a page with; 0 for nothing */
        void put(Block block, float next) {
            float leading = block.style().leading();
            int last = Math.max(0, block.lines().size() - TOGETHER);
            float end = block.height(block.lines().size() - last) + block.style().after() + next;
            y -= y == TOP ? 0 : block.style().before();
            int from = 0;
            float first = y - leading;
            for (int line = 0; line < block.lines().size(); line++) {
                if (y - leading < BOTTOM || line == last && next > 0 && y < TOP && y - end < BOTTOM) {
                    part(block, from, line, first);
                    turn();
                    from = line;
                    first = y - leading;
                }
                y -= leading;
            }
            part(block, from, block.lines().size(), first);
            y -= block.style().after();
        }

        private void part(Block block, int from, int to, float first) {
            if (to > from) {
                sheets.getLast().parts().add(new Part(block, from, to, first));
            }
        }
    }
}
