package uk.waymark.statements;

import java.sql.Connection;
import java.time.LocalDate;
import java.time.Period;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import uk.waymark.cases.PeopleInCase;
import uk.waymark.platform.ProblemException;
import uk.waymark.platform.Sql;

/** Who makes a statement, and how they stand at its head. */
final class Makers {
    /** The contract's table {@code x-what-a-role-sees}, {@code writes}; where an account has several, the first of these. */
    static final List<String> ROLES = List.of("victim", "bereaved_relative", "parent", "guardian", "family_spokesperson",
        "business_contact");
    private static final Set<String> SPEAK_FOR_SOMEBODY = Set.of("parent", "guardian", "family_spokesperson");
    private static final String BUSINESS = "business_contact";
    static final int OF_AGE = 18;
    static final String GROWN_UP = "over 18";
    static final String BETWEEN = ", ";

    private Makers() { }

    record Own(UUID person, String role, UUID force) { }

    static boolean may(String role) {
        return role != null && ROLES.contains(role);
    }

    /** In a transaction of a person: as whom they write in this case. @throws ProblemException 404 */
    static Own of(Connection c, UUID caseId) {
        return part(c, caseId).orElseThrow(ProblemException::notFound);
    }

    /** Empty for whoever takes no part in it any more, or is not shown it on a phone. */
    static Optional<Own> part(Connection c, UUID caseId) {
        return Sql.list(c, """
            select pa.person_id, pa.role, cf.force_id from waymark.participant pa join waymark.case_file cf on cf.id = pa.case_id
             where pa.case_id = ? and pa.person_id = any ((select waymark.ctx_persons())::uuid[]) order by pa.person_id""",
            r -> new Own(Sql.uuid(r, "person_id"), r.getString("role"), Sql.uuid(r, "force_id")), caseId).stream()
            .min((a, b) -> Integer.compare(place(a), place(b)));
    }

    /**
     * Of these cases those in which none of these people takes a part any more; not one that is kept off phones, nor one in which
     * somebody else is contacted in their place. In a transaction of the force: a person sees neither.
     */
    static Set<UUID> left(Connection c, Collection<UUID> cases, Collection<UUID> persons) {
        return Set.copyOf(Sql.list(c, """
            select cf.id from waymark.case_file cf where cf.id = any(?) and cf.recorded and cf.on_phones and not exists (
                   select 1 from waymark.participant pa where pa.case_id = cf.id and pa.person_id = any(?) and not pa.removed)""",
            r -> Sql.uuid(r, "id"), cases.toArray(UUID[]::new), persons.toArray(UUID[]::new)));
    }

    private static int place(Own own) {
        return may(own.role()) ? ROLES.indexOf(own.role()) : ROLES.size();
    }

    static String kind(String role) {
        return BUSINESS.equals(role) ? SignedContent.BUSINESS : SignedContent.PERSONAL;
    }

    static boolean speaksForSomebody(String role) {
        return SPEAK_FOR_SOMEBODY.contains(role);
    }

    /** Those they speak for whose names are known. */
    static Stream<PeopleInCase.ActedFor> named(PeopleInCase.Part part) {
        return speaksForSomebody(part.role()) ? part.actsFor().stream().filter(a -> !a.self().name().isEmpty()) : Stream.empty();
    }

    /** @param words null for one that is kept elsewhere; whom it is about may have left the case since: then nobody else stands there */
    static SignedContent.Maker maker(PeopleInCase.Part part, DraftWords words, LocalDate today) {
        List<UUID> about = words == null ? null : words.about();
        List<PeopleInCase.Named> of = named(part).filter(a -> about == null || about.contains(a.person())).map(PeopleInCase.ActedFor::self)
            .toList();
        boolean business = BUSINESS.equals(part.role());
        boolean ages = of.stream().allMatch(o -> o.born() != null);
        return new SignedContent.Maker(part.role(), part.self().name(), age(part.self().born(), today),
            joined(of.stream().map(PeopleInCase.Named::name)), ages ? joined(of.stream().map(o -> age(o.born(), today))) : null,
            business ? organisation(part, words) : null, business && words != null ? words.authority() : null);
    }

    private static String joined(Stream<String> parts) {
        return parts.collect(Collectors.collectingAndThen(Collectors.joining(BETWEEN), all -> all.isEmpty() ? null : all));
    }

    private static String organisation(PeopleInCase.Part part, DraftWords words) {
        return words != null && words.organisation() != null ? words.organisation() : part.organisation();
    }

    /** As the form has it: the age of whoever is under 18, and nobody's else; null where no birthday is known, which says nothing. */
    static String age(LocalDate born, LocalDate today) {
        if (born == null) {
            return null;
        }
        int years = Period.between(born, today).getYears();
        return years < OF_AGE ? Integer.toString(Math.max(0, years)) : GROWN_UP;
    }
}
