package uk.waymark.callbacks;

import jakarta.inject.Singleton;
import java.util.ArrayList;
import uk.waymark.callbacks.NumbersGiven.Where;

/** What staff read before they see a number. */
@Singleton
final class BeforeRinging {
    private final CallBackSettings settings;

    BeforeRinging(CallBackSettings settings) {
        this.settings = settings;
    }

    /** @param safe whether it is a safe time @param rings false where the hour is over for whoever took it on before @param briefing the word, voicemail, what to say to somebody else, needs */
    String words(CallBack b, Where where, boolean safe, boolean rings, String briefing) {
        var lines = new ArrayList<String>();
        lines.add(settings.text("before.reason." + CallBack.wire(b.reason())));
        // the flag may have come after they asked
        if (b.toConfirm() || where.flagged() && b.via() != CallBack.Via.STAFF) {
            lines.add(settings.text("before.to_confirm"));
        }
        if (!rings) {
            lines.add(settings.text("before.hour_over"));
        } else if (!safe) {
            lines.add(settings.text("before.not_safe_time"));
        }
        lines.add(settings.text("before.language." + b.language()));
        if (b.details().interpreter() != null) {
            lines.add(settings.text("before.interpreter") + " " + b.details().interpreter());
        }
        lines.add(briefing);
        // in a flagged case a number on her screen tells whoever is beside her who rang, whatever was said on that phone
        lines.add(settings.text(b.details().withheld() || where.flagged() ? "before.withheld" : "before.shown"));
        if (where.other()) {
            lines.add(settings.text("before.other_number"));
        } else if (where.toCheck()) {
            lines.add(settings.text("before.number_to_check"));
        }
        if (rings && where.number() == null) {
            lines.add(settings.text("before.no_number"));
        }
        if (!b.details().preferred().isEmpty()) {
            lines.add(settings.text("before.preferred") + " " + Spoken.english(b.details().preferred()) + ".");
        }
        if (b.details().about() != null) {
            lines.add(settings.text("before.they_say") + " " + b.details().about());
        }
        return String.join("\n", lines);
    }
}
