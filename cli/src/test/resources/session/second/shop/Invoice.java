package shop;

import dev.regista.sql.tenancy.TenantModel;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;

@Entity
@TenantModel
public class Invoice {
    @Id
    @GeneratedValue
    Long id;

    @ManyToOne
    Customer customer;

    @Column(nullable = false, length = 20)
    String number;
}
