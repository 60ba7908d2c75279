package dev.regista.prototypes;

import dev.regista.sql.contenttype.ContentType;
import jakarta.persistence.Entity;

/** Where nobody looks for models. */
@Entity
public class Kind extends ContentType {}
