package uk.waymark.platform;

/** What a refusal says, for pages that show it to a person. */
public final class ProblemText {
    private ProblemText() { }

    public static String of(ProblemException refusal) {
        Problem problem = refusal.problem();
        if (problem.errors().isEmpty() || problem.errors().get(0).pointer().isEmpty()) {
            return problem.detail();
        }
        return problem.errors().get(0).pointer().substring(1).replace('_', ' ') + " " + problem.detail();
    }
}
