package uk.waymark.statements.document;

import java.util.List;

/**
 * The fonts that statements are set in, first come first: Noto Sans for most of the world's scripts, then what it lacks. Each is
 * read when a text first needs it; the one for Chinese, Japanese and Korean is 18 MB.
 */
final class Typefaces {
    private static final Lazy WORLD = new Lazy("/fonts/sans/NotoSansMerged-Regular.ttf", false);
    private static final Lazy WORLD_BOLD = new Lazy("/fonts/sans/NotoSansMerged-Bold.ttf", false);
    private static final Lazy ARMENIAN = new Lazy("/optional/fonts/sans/NotoSansArmenian-Regular.ttf", false);
    private static final Lazy EMOJI = new Lazy("/fonts/NotoEmoji-Regular.ttf", true);
    private static final Lazy EAST_ASIA = new Lazy("/optional/fonts/sans/NotoSansCJKtc-Regular.ttf", false);
    private static final List<Lazy> REGULAR = List.of(WORLD, ARMENIAN, EMOJI, EAST_ASIA);
    private static final List<Lazy> BOLD = List.of(WORLD_BOLD, WORLD, ARMENIAN, EMOJI, EAST_ASIA);

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
        if (picture(character) && drawsAll(EMOJI.face(), character)) {
            return EMOJI.face();
        }
        for (Lazy lazy : bold ? BOLD : REGULAR) {
            if (drawsAll(lazy.face(), character)) {
                return lazy.face();
            }
        }
        return null;
    }

    /** @return null where no font draws it */
    Face face(int codePoint, boolean bold) {
        for (Lazy lazy : bold ? BOLD : REGULAR) {
            if (lazy.face().draws(codePoint)) {
                return lazy.face();
            }
        }
        return null;
    }

    /** The font for what needs no drawing. */
    Face plain(boolean bold) {
        return (bold ? WORLD_BOLD : WORLD).face();
    }

    /** A heart is a letter-like sign until a variation selector or a joiner makes it an emoji. */
    private static boolean picture(String character) {
        return character.indexOf('\uFE0F') >= 0 || character.indexOf('\u200D') >= 0 && character.codePointAt(0) > 0x2000;
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
