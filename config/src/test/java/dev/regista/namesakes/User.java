package dev.regista.namesakes;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;

/** A model with the name of another one. */
@Entity
public class User {
    @Id
    Long id;
}
