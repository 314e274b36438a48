package uk.waymark.web.staff;

import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import uk.waymark.api.model.Colleague;
import uk.waymark.api.model.ColleagueList;
import uk.waymark.api.model.QueueCount;
import uk.waymark.web.Form;
import uk.waymark.web.Page;
import uk.waymark.web.Visit;

/** Members of staff to choose from by name, and which of them was chosen: of a list, or typed for somebody who is not on it. */
public final class ColleagueChoice {
    private static final String LIST = "to";
    private static final String TYPED = "other";

    private ColleagueChoice() { }

    /** The colleagues, how each is named in the API to what they are called; empty where no name is known. */
    static Map<String, String> colleagues(Visit visit) {
        var names = new LinkedHashMap<String, String>();
        visit.api().get("/v1/staff/colleagues", ColleagueList.class).orRefuse().getItems()
            .forEach((Colleague one) -> names.put(one.getId(), one.getName()));
        return offered(visit.page(), names);
    }

    /** Whoever has something of what waits. */
    static Map<String, String> holders(Page page, List<QueueCount> counts) {
        var names = new LinkedHashMap<String, String>();
        counts.stream().filter(one -> one.getClaimedBy() != null)
            .sorted(Comparator.comparing(one -> shown(one.getClaimedBy(), one.getClaimedByName()), String.CASE_INSENSITIVE_ORDER))
            .forEach(one -> names.put(one.getClaimedBy(), shown(one.getClaimedBy(), one.getClaimedByName())));
        return offered(page, names);
    }

    /** The first chooses nobody, so that nobody is given something by mistake; two of one name are told apart. */
    private static Map<String, String> offered(Page page, Map<String, String> names) {
        var offered = new LinkedHashMap<String, String>();
        if (names.isEmpty()) {
            return offered;
        }
        Set<String> once = new HashSet<>();
        Set<String> twice = names.values().stream().filter(name -> !once.add(name)).collect(Collectors.toSet());
        offered.put("", page.t(DeskText.CHOOSE_COLLEAGUE));
        names.forEach((id, name) -> offered.put(id, twice.contains(name) ? name + " (" + id + ")" : name));
        return offered;
    }

    /** Whom a form names; what was chosen counts before what was typed, as the page says. Empty for nobody. */
    static String to(Form form) {
        return of(form, LIST, TYPED).orElse("");
    }

    /** The same of fields that are called otherwise. */
    static Optional<String> of(Form form, String list, String typed) {
        return form.find(list).or(() -> form.find(typed));
    }

    /** Nobody of the own force is called so. */
    static Page.Fault unknown(Form form, String list, String typed) {
        return new Page.Fault(form.find(list).isPresent() ? list : typed, DeskText.TO_UNKNOWN);
    }

    /** @return what is wrong, where it stands: nobody was named, or nobody knows them */
    static Page.Fault wrong(Form form, Map<String, String> colleagues) {
        if (of(form, LIST, TYPED).isPresent()) {
            return unknown(form, LIST, TYPED);
        }
        return colleagues.isEmpty() ? new Page.Fault(TYPED, DeskText.TO_MISSING) : new Page.Fault(LIST, DeskText.TO_CHOOSE);
    }

    /** What somebody is called where it is known, and otherwise what their identity provider has for them. */
    public static String shown(String id, String name) {
        return name == null ? id : name;
    }
}
