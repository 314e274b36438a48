package uk.waymark.notifications.bench;

import java.util.ArrayList;
import java.util.List;

/** To come: the whole of it. */
public final class DispatchBench {
    private DispatchBench() {
    }

    public static void main(String... a) throws Exception {
        try (BenchDatabase database = new BenchDatabase()) {
            Queue queue = new Queue(database);
            for (String leg : a) {
                String[] p = leg.split(",");
                try (Child provider = new Child(StandInProvider.class, 256, List.of(p[1]))) {
                    int port = (int) provider.figure("port");
                    String url = "http://127.0.0.1:" + port;
                    queue.fill(Integer.parseInt(p[2]), p[0].equals("theirs"));
                    List<Object> args = new ArrayList<>(List.of(database.url(), url, p[2]));
                    for (int i = 3; i < p.length; i++) {
                        args.add(p[i]);
                    }
                    try (Child run = new Child(p[0].equals("theirs") ? TheirRun.class : OurRun.class, 512, args)) {
                        System.out.printf("%s rate %.0f peak %.0f %s%n", leg, run.figure("rate"), run.figure("peak"), database.texts("select count(*) filter (where state='accepted'), count(*) from notifications.message"));
                    }
                }
            }
        }
    }
}
