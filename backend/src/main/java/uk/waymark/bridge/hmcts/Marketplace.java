package uk.waymark.bridge.hmcts;

import jakarta.inject.Singleton;
import uk.waymark.bridge.AccessTokens;
import uk.waymark.bridge.AdapterCalls;
import uk.waymark.bridge.PullAdapter;
import uk.waymark.bridge.PullRequest;
import uk.waymark.bridge.PullSettings;
import uk.waymark.bridge.Pulled;
import uk.waymark.platform.MachineClock;

/**
 * HMCTS's API Marketplace: case details, court schedule and court houses, by URN. Written against HMCTS's own OpenAPI
 * documents ({@code api-cp-crime-prosecution-case-details}, {@code api-cp-crime-schedulingandlisting-courtschedule} and
 * {@code api-cp-refdata-courthearing-courthouses}).
 *
 * <p>What {@code adapter.mapping} may say: {@code details_url}, {@code schedule_url} and {@code houses_url} where the three
 * APIs are not all under {@code base_url}; {@code scope} and {@code client_auth}, see {@link AccessTokens}.
 */
@Singleton
final class Marketplace implements PullAdapter {
    private final AdapterCalls calls;
    private final AccessTokens tokens;
    private final PullSettings settings;
    private final MachineClock clock;

    Marketplace(AdapterCalls calls, AccessTokens tokens, PullSettings settings, MachineClock clock) {
        this.calls = calls;
        this.tokens = tokens;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public String kind() {
        return "hmcts-marketplace";
    }

    @Override
    public Pulled pull(PullRequest request) {
        try {
            return new Inquiry(request, new Api(request.adapter(), calls, tokens, clock, settings.wholeTimeout())).run();
        } catch (Stopped stopped) {
            return stopped.result();
        }
    }
}
