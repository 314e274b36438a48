package uk.waymark.notifications.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.UUID;

/** Fills the queue, for one side or the other, with messages that are due. Not measured, and so not by the outbox. */
final class Queue {

    private static final int AT_ONCE = 5_000;
    private static final String MESSAGES = """
        insert into notifications.message (id, id_at, tenant, recipient_ref, class, template, fields, state, not_before,
                                           expires_at, due_at, created_at)
        select id, uuid_extract_timestamp(id), ?, recipient, ?, ?, fields, 'queued', due, due + interval '1 day', due, due
        from unnest(?::uuid[], ?::uuid[], ?::bytea[]) as m(id, recipient, fields), (select ?::timestamptz as due) as moment""";
    private static final String TASKS = """
        insert into scheduled_tasks (task_name, task_instance, task_data, execution_time, picked, version)
        select ?, id::text, data, due, false, 1
        from unnest(?::uuid[], ?::bytea[]) as m(id, data), (select ?::timestamptz as due) as moment""";

    private final BenchDatabase database;
    private final Work work = new Work();
    private final byte[] fields;

    Queue(BenchDatabase database) {
        this.database = database;
        try {
            fields = new ObjectMapper().writeValueAsBytes(Work.FIELDS);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @param tasks whether db-scheduler has a task for each as well */
    void fill(int messages, boolean tasks) throws SQLException {
        database.clear();
        try (Connection connection = database.connect()) {
            for (int i = 0; i < messages; i += AT_ONCE) {
                add(connection, Math.min(AT_ONCE, messages - i), tasks);
            }
        }
        database.settle();
    }

    private void add(Connection connection, int messages, boolean tasks) throws SQLException {
        UUID[] ids = new UUID[messages];
        UUID[] recipients = new UUID[messages];
        byte[][] sealed = new byte[messages][];
        byte[][] data = new byte[messages][];
        for (int i = 0; i < messages; i++) {
            ids[i] = work.ids.next();
            recipients[i] = UUID.randomUUID();
            sealed[i] = work.sealer.seal("notifications.message.fields", ids[i], fields);
            data[i] = TaskData.of(recipients[i], sealed[i]);
        }
        Timestamp due = Timestamp.from(work.clock.instant());
        try (PreparedStatement insert = connection.prepareStatement(MESSAGES)) {
            insert.setObject(1, Work.TENANT);
            insert.setString(2, Work.CLASS);
            insert.setString(3, Work.TEMPLATE);
            insert.setArray(4, connection.createArrayOf("uuid", ids));
            insert.setArray(5, connection.createArrayOf("uuid", recipients));
            insert.setArray(6, connection.createArrayOf("bytea", sealed));
            insert.setTimestamp(7, due);
            insert.executeUpdate();
        }
        if (tasks) {
            try (PreparedStatement insert = connection.prepareStatement(TASKS)) {
                insert.setString(1, TheirRun.TASK);
                insert.setArray(2, connection.createArrayOf("uuid", ids));
                insert.setArray(3, connection.createArrayOf("bytea", data));
                insert.setTimestamp(4, due);
                insert.executeUpdate();
            }
        }
    }

    /** What a task of db-scheduler carries, so that it need not read the message's row: recipient and sealed fields. */
    record TaskData(UUID recipient, byte[] fields) {

        static byte[] of(UUID recipient, byte[] fields) {
            return ByteBuffer.allocate(16 + fields.length).putLong(recipient.getMostSignificantBits())
                .putLong(recipient.getLeastSignificantBits()).put(fields).array();
        }

        static TaskData of(byte[] data) {
            ByteBuffer buffer = ByteBuffer.wrap(data);
            UUID recipient = new UUID(buffer.getLong(), buffer.getLong());
            byte[] fields = new byte[buffer.remaining()];
            buffer.get(fields);
            return new TaskData(recipient, fields);
        }
    }
}
