package uk.waymark.statements.document;

import java.util.List;

/**
 * The fonts that statements are set in, first come first: Noto Sans for most of the world's scripts, then what it lacks. Each is
 * read when a text first needs it; the one for Chinese, Japanese and Korean is 18 MB.
 */
final class Typefaces {
    private static final Lazy WORLD = new Lazy("/fonts/sans/NotoSansMerged-Regular.ttf", false);
    /** Of headings and labels, which are the form's own words: English and Welsh. */
    private static final Lazy BOLD = new Lazy("/fonts/sans/NotoSans-Bold.ttf", false);
    private static final Lazy ARMENIAN = new Lazy("/optional/fonts/sans/NotoSansArmenian-Regular.ttf", false);
    /** The font for the world draws Bengali letters, but joins none of them. */
    private static final Lazy BENGALI = new Lazy("/fonts/NotoSansBengali-Regular.ttf", false);
    private static final Lazy LAO = new Lazy("/fonts/NotoSansLao-Regular.ttf", false);
    private static final Lazy EMOJI = new Lazy("/fonts/NotoEmoji-Regular.ttf", true);
    private static final Lazy EAST_ASIA = new Lazy("/optional/fonts/sans/NotoSansCJKtc-Regular.ttf", false);
    private static final List<Lazy> ALL = List.of(WORLD, ARMENIAN, LAO, EMOJI, EAST_ASIA);

    /** Whether any font has a drawing for it, or it is one of the characters that never have one. */
    boolean cover(int codePoint) {
        return Typed.invisible(codePoint) || face(codePoint, false) != null;
    }

    /**
     * The font for what a reader takes for one character, however many code points it is.
     *
     * @param before the font of what stands before it; spaces stay with it
     * @return null where no font has all of it
     */
    Face face(String character, boolean bold, Face before) {
        if (before != null && !before.pictures() && character.isBlank() && before.draws(character.codePointAt(0))) {
            return before;
        }
        Lazy first = picture(character) ? EMOJI : bold ? BOLD : own(character.codePointAt(0));
        if (first != null && drawsAll(first.face(), character)) {
            return first.face();
        }
        for (Lazy lazy : ALL) {
            if (drawsAll(lazy.face(), character)) {
                return lazy.face();
            }
        }
        return null;
    }

    /** @return null where no font draws it */
    Face face(int codePoint, boolean bold) {
        if (bold && BOLD.face().draws(codePoint)) {
            return BOLD.face();
        }
        for (Lazy lazy : ALL) {
            if (lazy.face().draws(codePoint)) {
                return lazy.face();
            }
        }
        return null;
    }

    /** The font for what needs no drawing. */
    Face plain(boolean bold) {
        return (bold ? BOLD : WORLD).face();
    }

    /** A heart is a letter-like sign until a variation selector or a joiner makes it an emoji. */
    private static boolean picture(String character) {
        return character.indexOf('\uFE0F') >= 0 || character.indexOf('\u200D') >= 0 && character.codePointAt(0) > 0x2000;
    }

    /**
     * The font that does better by a letter than the one for the world: Bengali, and Chinese, Japanese and Korean with their full
     * stops and commas, which are too narrow there.
     *
     * @return null for most
     */
    private static Lazy own(int c) {
        if (c >= 0x980 && c <= 0x9FF) {
            return BENGALI;
        }
        boolean eastAsian = c >= 0x1100 && c <= 0x11FF || c >= 0x2E80 && c <= 0x9FFF || c >= 0xAC00 && c <= 0xD7FF
            || c >= 0xF900 && c <= 0xFAFF || c >= 0xFE30 && c <= 0xFE4F || c >= 0xFF00 && c <= 0xFFEF
            || c >= 0x20000 && c <= 0x3FFFF;
        return eastAsian ? EAST_ASIA : null;
    }

    private static boolean drawsAll(Face face, String character) {
        return character.codePoints().allMatch(c -> Typed.invisible(c) || face.draws(c));
    }

    /** One for all renderers: a font is read once in a process. */
    private static final class Lazy {
        private final String resource;
        private final boolean pictures;
        private volatile Face face;

        Lazy(String resource, boolean pictures) {
            this.resource = resource;
            this.pictures = pictures;
        }

        Face face() {
            Face read = face;
            if (read == null) {
                synchronized (this) {
                    if (face == null) {
                        face = new Face(resource, pictures);
                    }
                    read = face;
                }
            }
            return read;
        }
    }
}
