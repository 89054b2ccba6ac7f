package org.rollcall.connect;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.RollcallException;
import org.rollcall.text.Words;

import static org.junit.jupiter.api.Assertions.*;

class TenantAddressTest {
    private static final Words GRAPH = Words.verbatim("Graph URL");

    private static final String ID = "c0ffee00-1111-4222-8333-444455556666";

    @ParameterizedTest
    @ValueSource(strings = { ID, " C0FFEE00-1111-4222-8333-444455556666 ",
            "https://login.microsoftonline.com/" + ID + "/oauth2/v2.0/token",
            "https://login.microsoftonline.com/" + ID,
            "https://portal.azure.com/" + ID + "/#home",
            "https://entra.microsoft.com/#view/Microsoft_AAD_IAM/TenantOverview.ReactView/tenantId/" + ID + "/x",
            "https://myapps.microsoft.com/?tenantId=" + ID,
            "https://teams.microsoft.com/l/x?tid=" + ID + "&y=1" })
    void idsAreFoundWhereverTheyStand(String typed) {
        assertEquals(ID, TenantAddress.tenant(typed));
    }

    @ParameterizedTest
    @CsvSource({ "Contoso.Example,contoso.example", "ann@contoso.example,contoso.example",
            "https://portal.azure.com/@contoso.onmicrosoft.com/#home,contoso.onmicrosoft.com",
            "https://login.microsoftonline.com/contoso.example/v2.0,contoso.example" })
    void domainsAreUnderstood(String typed, String domain) {
        assertEquals(domain, TenantAddress.tenant(typed));
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "Contoso", "common", "https://login.microsoftonline.com/organizations/", "a b.c",
            "https://portal.azure.com", "../x.y", "c0ffee00-1111-4222-8333" })
    void whatNamesNoTenantIsRefused(String typed) {
        assertEquals(ErrorKind.INPUT,
                assertThrows(RollcallException.class, () -> TenantAddress.tenant(typed)).kind());
    }

    @Test
    void originsLoseTheirPaths() {
        assertEquals("https://localhost:8443", TenantAddress.origin("https://localhost:8443/v1.0", GRAPH));
        assertEquals("https://graph.example", TenantAddress.origin("https://Graph.example:443/", GRAPH));
        for (String wrong : new String[]{ "http://x", "x", "https://u:p@x", "https://", "https://x?y",
                "https://x y" }) {
            assertThrows(RollcallException.class, () -> TenantAddress.origin(wrong, GRAPH), wrong);
        }
    }

    @Test
    void clientIdsAreGuids() {
        assertEquals(ID, TenantAddress.clientId(" " + ID.toUpperCase(java.util.Locale.ROOT) + "\n"));
        assertThrows(RollcallException.class, () -> TenantAddress.clientId("contoso"));
    }
}
