package org.rollcall.connect;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.RollcallException;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class ProxyLoginTest {
    @Test
    void anAddressIsTakenInEveryForm() {
        assertEquals("http://proxy.example:3128", ProxyLogin.address(" http://proxy.example:3128/ "));
        assertEquals("http://proxy.example", ProxyLogin.address("HTTP://proxy.example"));
        assertEquals("http://[::1]:8080", ProxyLogin.address("http://[::1]:8080"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "http://ann:sesame@proxy:3128", "http://ann@proxy", "http://:sesame@proxy" })
    void anAddressWithAPasswordIsRefusedWithWords(String typed) {
        RollcallException e = assertThrows(RollcallException.class, () -> ProxyLogin.address(typed));
        assertEquals(ErrorKind.INPUT, e.kind());
        assertEquals("tenant.proxy.password", e.code());
        assertTrue(e.commandRemedy().contains("--proxy-user"), e.commandRemedy());
        assertTrue(e.commandRemedy().contains("ROLLCALL_PROXY_PASSWORD"), e.commandRemedy());
        assertFalse(e.remedy().contains("--"), e.remedy());
        assertFalse((e.message() + e.commandRemedy()).contains("sesame"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "proxy:3128", "https://proxy", "socks://proxy", "http://", "http://a b" })
    void whatIsNoProxyIsRefused(String typed) {
        assertEquals("tenant.proxy", assertThrows(RollcallException.class, () -> ProxyLogin.address(typed)).code());
    }

    @Test
    void nobodysNameHasAColon() {
        assertEquals("DOMAIN\\ann", ProxyLogin.user(" DOMAIN\\ann "));
        assertEquals("tenant.proxy.user",
                assertThrows(RollcallException.class, () -> ProxyLogin.user("ann:sesame")).code());
        assertEquals("tenant.proxy.user", assertThrows(RollcallException.class, () -> ProxyLogin.user(" ")).code());
    }

    @Test
    void theTwoAreJoinedWhateverIsInThem() {
        assertEquals("http://proxy:1", ProxyLogin.with("http://proxy:1", " ", "sesame"));
        assertEquals("http://DOMAIN%5Cann:p%40s%3Ae%2F%C3%BC%20%2B%25@proxy:1",
                ProxyLogin.with("http://proxy:1", "DOMAIN\\ann", "p@s:e/ü +%"));
        assertEquals("nonsense", ProxyLogin.with("nonsense", "ann", "sesame"));
    }
}
