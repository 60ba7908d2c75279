package dev.regista.solr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.apache.solr.client.solrj.beans.BindingException;
import org.apache.solr.common.SolrDocument;
import org.apache.solr.common.SolrInputDocument;
import org.junit.jupiter.api.Test;

/** Documents from objects and back. */
class BeansTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    enum Size {
        SMALL,
        LARGE
    }

    record Box(String id, Size size, float weight, List<Size> others) {}

    record Picky(int count) {
        Picky {
            if (count < 0) {
                throw new IllegalArgumentException("less than nothing");
            }
        }
    }

    private static SolrDocument document(Object... namesAndValues) {
        SolrDocument document = new SolrDocument();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            document.setField((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return document;
    }

    @Test
    void recordsBecomeDocumentsWithoutTheirNulls() {
        SolrInputDocument document =
                Beans.toDocument(new Product("a", "tea", 2.5, 3, null, true, NOON, List.of("hot", "green")));

        assertThat(document.getFieldNames()).containsExactly("id", "name", "price", "stock", "hidden", "added", "tags");
        assertThat(document.getFieldValue("stock")).isEqualTo(3);
        assertThat(document.getFieldValue("added")).isEqualTo(Date.from(NOON));
        assertThat(document.getFieldValues("tags")).isEqualTo(List.of("hot", "green"));
    }

    @Test
    void documentsBecomeRecords() {
        SolrDocument document = document(
                "id",
                "a",
                "name",
                List.of("tea"),
                "price",
                2.5f,
                "stock",
                3L,
                "sold",
                7,
                "hidden",
                true,
                "added",
                Date.from(NOON),
                "tags",
                "hot",
                "_version_",
                1L);

        assertThat(Beans.toBean(document, Product.class))
                .isEqualTo(new Product("a", "tea", 2.5, 3, 7L, true, NOON, List.of("hot")));
    }

    @Test
    void enumsAreTheirNames() {
        Box box = new Box("a", Size.LARGE, 1.5f, List.of(Size.SMALL));
        SolrInputDocument document = Beans.toDocument(box);

        assertThat(document.getFieldValue("size")).isEqualTo("LARGE");
        assertThat(document.getFieldValues("others")).isEqualTo(List.of("SMALL"));
        assertThat(Beans.toBean(document("id", "a", "size", "SMALL", "weight", 1.5), Box.class))
                .isEqualTo(new Box("a", Size.SMALL, 1.5f, List.of()));
    }

    @Test
    void whatDoesNotFitIsRefusedWithBothSides() {
        assertThatThrownBy(() -> Beans.toBean(document("count", "many"), Picky.class))
                .isInstanceOf(BindingException.class)
                .hasMessage("the field count of a document is a String, but Picky has a int there");
        assertThatThrownBy(() -> Beans.toBean(document("count", 3_000_000_000L), Picky.class))
                .isInstanceOf(BindingException.class);
        assertThatThrownBy(() -> Beans.toBean(document("count", List.of(1, 2)), Picky.class))
                .isInstanceOf(BindingException.class);
        assertThatThrownBy(() -> Beans.toBean(document(), Picky.class))
                .isInstanceOf(BindingException.class)
                .hasMessageContaining("is missing");
        assertThatThrownBy(() -> Beans.toBean(document("id", "a", "size", "HUGE", "weight", 1), Box.class))
                .isInstanceOf(BindingException.class);
    }

    @Test
    void aFailingConstructorIsTheCause() {
        assertThatThrownBy(() -> Beans.toBean(document("count", -1), Picky.class))
                .isInstanceOf(BindingException.class)
                .hasRootCauseMessage("less than nothing");
    }

    @Test
    void otherClassesAreLeftToSolrJ() {
        SolrInputDocument document = Beans.toDocument(new OldProduct("a", "tea", List.of("hot")));

        assertThat(document.getFieldValue("name")).isEqualTo("tea");
        assertThat(Beans.toBean(document("id", "b", "tags", List.of("cold")), OldProduct.class))
                .satisfies(product -> assertThat(product.id()).isEqualTo("b"))
                .satisfies(product -> assertThat(product.tags()).containsExactly("cold"));
        assertThatThrownBy(() -> Beans.toDocument("no bean")).isInstanceOf(BindingException.class);
    }
}
