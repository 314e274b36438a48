package uk.waymark.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CsvTest {

    @Test
    void cellsAreQuotedWhereTheyMustBeAndNeverReckonedWith() {
        assertEquals("a,\"b \"\"c\"\"\",\"d,e\",,-1.5\r\n", Csv.of(List.of(Arrays.asList("a", "b \"c\"", "d,e", null, -1.5))));
        assertEquals("\"'=1+1\",\"'@x\",\"'-2\",\"'+3\"\r\n", Csv.of(List.of(List.of("=1+1", "@x", "-2", "+3"))));
        assertEquals("\"'\tx\"\r\n\"a\nb\"\r\n", Csv.of(List.of(List.of("\tx"), List.of("a\nb"))));
    }
}
