package uk.waymark.messaging;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import uk.waymark.platform.Sealing;
import uk.waymark.platform.Sql;

/** The {@link ContactChoices} of persons, sealed. Whose they are is the database's to say. */
@Singleton
public final class ContactChoicesStore {
    /** What the choices are sealed for. */
    public static final String CHOICES = "contact_choice.choices";
    private static final ObjectMapper JSON = JsonMapper.builder().addModule(new JavaTimeModule())
        .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
        .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS).build();
    private final Sealing sealing;

    ContactChoicesStore(Sealing sealing) {
        this.sealing = sealing;
    }

    /** Of each of these persons that has chosen something. */
    public Map<UUID, ContactChoices> of(Connection c, UUID[] persons) {
        record Row(UUID person, ContactChoices choices) { }
        return Sql.list(c, "select person_id, choices from waymark.contact_choice where person_id = any(?)",
            r -> new Row(Sql.uuid(r, "person_id"), open(Sql.uuid(r, "person_id"), r.getBytes("choices"))),
            (Object) persons).stream().collect(Collectors.toMap(Row::person, Row::choices));
    }

    /** What others on the accounts of these persons have chosen, also in other forces: in a transaction of a worker. */
    Map<UUID, List<ContactChoices>> beside(Connection c, UUID[] persons) {
        record Row(UUID asked, ContactChoices choices) { }
        return Sql.list(c, "select * from waymark.gate_choices_beside(?)",
            r -> new Row(Sql.uuid(r, "asked_id"), open(Sql.uuid(r, "person_id"), r.getBytes("choices"))),
            (Object) persons).stream().collect(Collectors.groupingBy(Row::asked,
                Collectors.mapping(Row::choices, Collectors.toList())));
    }

    /** A person's own, in a transaction of theirs. */
    public void choose(Connection c, UUID person, ContactChoices choices) {
        Sql.call(c, "select waymark.gate_put_choices(?, ?)", person, seal(person, choices));
    }

    /** On a person's behalf. */
    public void put(Connection c, UUID person, ContactChoices choices) {
        Sql.run(c, """
            insert into waymark.contact_choice (person_id, force_id, choices) values (?, waymark.ctx_force(), ?)
            on conflict (person_id) do update set choices = excluded.choices""", person, seal(person, choices));
    }

    /** The choices as they are stored. */
    public byte[] seal(UUID person, ContactChoices choices) {
        try {
            return sealing.sealText(CHOICES, person, JSON.writeValueAsString(choices));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("choices cannot be written");
        }
    }

    ContactChoices open(UUID person, byte[] sealed) {
        try {
            return JSON.readValue(sealing.openText(CHOICES, person, sealed), ContactChoices.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("sealed choices cannot be read");
        }
    }
}
