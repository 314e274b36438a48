package uk.waymark.app;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** By which ways somebody is reached, in which order, and which of them are not safe. */
public final class WaysScreen extends ContactPart {
    private static final Map<String, Integer> NAMES = Map.of("push", R.string.way_push, "sms", R.string.way_sms, "email", R.string.way_email,
            "letter", R.string.way_letter, "call", R.string.way_call);

    private final List<String> order = new ArrayList<>();
    private final Set<String> used = new LinkedHashSet<>();
    private final Set<String> never = new LinkedHashSet<>();
    private JsonObject from = new JsonObject();
    private Page ways;

    @Override
    protected int titled() {
        return R.string.ways;
    }

    @Override
    protected void form(Page page, JsonObject stands) {
        from = stands;
        order.clear();
        used.clear();
        never.clear();
        for (JsonObject channel : Fields.objects(stands, "channels")) {
            String way = Fields.text(channel, "channel");
            if (!NAMES.containsKey(way)) {
                continue; // of a newer server
            }
            order.add(way);
            (Fields.text(channel, "safety").equals("unsafe") ? never : used).add(way);
        }
        for (String way : List.of("push", "sms", "call")) { // an email or a letter needs an address first
            if (!order.contains(way)) {
                order.add(way);
            }
        }
        page.text(getString(R.string.ways_lead));
        ways = page.section();
        showWays();
        page.text(getString(R.string.ways_never_hint));
    }

    private void showWays() {
        ways.clear();
        for (int i = 0; i < order.size(); i++) {
            int at = i;
            String way = order.get(i);
            String name = getString(NAMES.get(way));
            Page card = ways.card();
            card.heading(getString(R.string.way_number, i + 1, name));
            state(way).forEach(card::text);
            card.choice(getString(R.string.way_use), used.contains(way), on -> {
                put(used, way, on);
                if (on && never.remove(way)) {
                    showWays();
                }
            }).setContentDescription(getString(R.string.of_way, getString(R.string.way_use), name));
            card.choice(getString(R.string.way_never), never.contains(way), on -> {
                put(never, way, on);
                if (on && used.remove(way)) {
                    showWays();
                }
            }).setContentDescription(getString(R.string.of_way, getString(R.string.way_never), name));
            if (i > 0) {
                card.quiet(getString(R.string.way_earlier), () -> {
                    order.add(at - 1, order.remove(at));
                    showWays();
                }).setContentDescription(getString(R.string.of_way, getString(R.string.way_earlier), name));
            }
        }
    }

    private static void put(Set<String> set, String way, boolean on) {
        if (on) {
            set.add(way);
        } else {
            set.remove(way);
        }
    }

    private List<String> state(String way) {
        List<String> words = new ArrayList<>();
        channel(way).forEach(channel -> {
            if (Fields.is(channel, "confirmed") && !Fields.flag(channel, "confirmed")) {
                words.add(getString(R.string.way_waits));
            } else if (Fields.text(channel, "safety").equals("safe")) {
                words.add(getString(R.string.way_confirmed));
            }
        });
        return words;
    }

    private List<JsonObject> channel(String way) {
        List<JsonObject> of = new ArrayList<>(Fields.objects(from, "channels"));
        of.removeIf(c -> !Fields.text(c, "channel").equals(way));
        return of;
    }

    @Override
    protected boolean right() {
        return !used.isEmpty() || !never.isEmpty();
    }

    @Override
    protected JsonObject filled() {
        List<JsonObject> channels = new ArrayList<>();
        for (String way : order) {
            if (!used.contains(way) && !never.contains(way)) {
                continue;
            }
            JsonObject channel = new JsonObject();
            channel.addProperty("channel", way);
            if (never.contains(way)) {
                channel.addProperty("safety", "unsafe");
            } else if (channel(way).stream().anyMatch(c -> Fields.text(c, "safety").equals("unsafe"))) {
                channel.addProperty("safety", "unknown"); // staff are asked to confirm it
            }
            channels.add(channel);
        }
        JsonObject o = new JsonObject();
        o.add("channels", Fields.array(channels));
        return o;
    }

    @Override
    protected List<String> words(JsonObject said) {
        return words(this, said);
    }

    static List<String> words(Screen screen, JsonObject said) {
        List<String> words = new ArrayList<>();
        for (JsonObject channel : Fields.objects(said, "channels")) {
            Integer name = NAMES.get(Fields.text(channel, "channel"));
            if (name != null) {
                String way = screen.getString(name);
                words.add(Fields.text(channel, "safety").equals("unsafe") ? screen.getString(R.string.way_is_unsafe, way) : way);
            }
        }
        return words;
    }
}
