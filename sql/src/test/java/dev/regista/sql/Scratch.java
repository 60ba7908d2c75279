package dev.regista.sql;
import dev.regista.sql.Typed.*;
import org.junit.jupiter.api.Test;
class Scratch {
  @Test void go() {
    var db = SqlDatabase.at("jdbc:h2:mem:x").models(Person.class, Pet.class, Company.class).contentTypes().createTables(true).logQueries(true).logBindValues(true).build("main");
    db.connect();
    Person ada = new Person("Ada"); ada.pets.add(new Pet("Puff"));
    db.run(s -> s.persist(ada));
    db.run(s -> s.remove(s.find(Person.class, ada.id)));
    db.disconnect();
  }
}
