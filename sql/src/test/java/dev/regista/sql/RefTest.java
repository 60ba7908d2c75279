package dev.regista.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.regista.sql.reference.Ref;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Inheritance;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** References as values. */
class RefTest {
    @Entity
    @Inheritance
    static class Animal {
        Long id;

        @Id
        Long getId() {
            return id;
        }
    }

    @Entity
    static class Dog extends Animal {}

    @Entity
    static class Plant {
        @Id
        Long id = 1L;
    }

    @Entity
    @IdClass(Serializable.class)
    static class Pair {
        @Id
        int left;

        @Id
        int right;
    }

    @Entity
    static class Small {
        @Id
        short id;
    }

    @Test
    void twoAreEqualIfTheyAreToTheSameRow() {
        assertThat(Ref.of(Dog.class, 1L))
                .isEqualTo(Ref.of(Animal.class, 1L))
                .hasSameHashCodeAs(Ref.of(Animal.class, 1L));
        assertThat(Ref.of(Dog.class, 1L)).isNotEqualTo(Ref.of(Dog.class, 2L));
        assertThat((Object) Ref.of(Plant.class, 1L)).isNotEqualTo(Ref.of(Dog.class, 1L));
        assertThat(Ref.of(Dog.class, 1L)).hasToString("Dog#1");
    }

    @Test
    void oneIsMadeOfAnObjectThatHasAnId() {
        assertThat(Ref.to(new Plant())).isEqualTo(Ref.of(Plant.class, 1L));
        assertThatThrownBy(() -> Ref.to(new Dog()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no id yet");
    }

    @Test
    void oneIsMadeOfAnIdOfTheRightType() {
        assertThatThrownBy(() -> Ref.of(Plant.class, 1)).hasMessageContaining("is a Long, not a Integer");
        assertThatThrownBy(() -> Ref.of(Plant.class, UUID.randomUUID())).hasMessageContaining("UUID");
        assertThatThrownBy(() -> Ref.of(Pair.class, 1)).hasMessageContaining("cannot be referred to");
        assertThatThrownBy(() -> Ref.of(Small.class, 1)).hasMessageContaining("cannot be referred to");
        assertThatThrownBy(() -> Ref.of(String.class, 1)).hasMessageContaining("cannot be referred to");
    }

    @Test
    void oneCanBeSerialized() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(Ref.of(Dog.class, 1L));
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertThat(in.readObject()).isEqualTo(Ref.of(Dog.class, 1L));
        }
    }
}
