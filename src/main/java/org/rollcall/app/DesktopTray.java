package org.rollcall.app;

import java.awt.AWTError;
import java.awt.AWTException;
import java.awt.Color;
import java.awt.GraphicsEnvironment;
import java.awt.MenuItem;
import java.awt.PopupMenu;
import java.awt.RenderingHints;
import java.awt.SystemTray;
import java.awt.TrayIcon;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

import javax.imageio.ImageIO;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.rollcall.domain.DisplayText;
import org.rollcall.ui.common.Messages;

/// The icon by way of AWT, and notifications by `notify-send` of the desktops of Linux or, without it, by the icon. AWT is
/// not touched before it is needed: it costs memory that few windows need.
final class DesktopTray implements Tray {
    private static final Logger LOG = LoggerFactory.getLogger(DesktopTray.class);
    private static final Color DOT = new Color(0xBF, 0x87, 0x00);
    /// How long an icon stays that is there for nothing but a notification.
    private static final long SHOWN_SECONDS = 20;
    private static final long SEND_SECONDS = 10;
    private static final Pattern MARKUP = Pattern.compile("[<>&]");

    private final String searchPath;
    private @Nullable Boolean there;
    private @Nullable TrayIcon icon;
    private boolean wanted;

    /// @param searchPath where programs lie, as in the variable `PATH`
    DesktopTray(String searchPath) {
        this.searchPath = searchPath;
    }

    @Override
    public synchronized boolean isThere() {
        Boolean known = there;
        if (known == null) {
            known = found();
            there = known;
        }
        return known;
    }

    private static boolean found() {
        try {
            return !GraphicsEnvironment.isHeadless() && SystemTray.isSupported();
        } catch (AWTError | LinkageError e) {
            LOG.info("There is no notification area: {}", e.toString());
            return false;
        }
    }

    @Override
    public synchronized void show(int matters, Runnable open, Runnable quit) {
        wanted = true;
        TrayIcon shown = icon == null ? add() : icon;
        if (shown == null) {
            return;
        }
        shown.setImage(picture(matters > 0));
        shown.setToolTip(matters > 0 ? Messages.get("shell.tray.matters", matters) : Messages.get("shell.tray.fine"));
        var menu = new PopupMenu();
        menu.add(item("shell.tray.open", open));
        menu.add(item("shell.tray.quit", quit));
        shown.setPopupMenu(menu);
        Arrays.stream(shown.getActionListeners()).forEach(shown::removeActionListener);
        shown.addActionListener(_ -> open.run());
    }

    private static MenuItem item(String key, Runnable action) {
        var item = new MenuItem(Messages.get(key));
        item.addActionListener(_ -> action.run());
        return item;
    }

    private @Nullable TrayIcon add() {
        var made = new TrayIcon(picture(false), Messages.get("shell.brand"));
        made.setImageAutoSize(true);
        try {
            SystemTray.getSystemTray().add(made);
        } catch (AWTException e) {
            LOG.warn("The icon could not be put into the notification area", e);
            return null;
        }
        icon = made;
        return made;
    }

    /// @param dot whether something needs somebody
    private static BufferedImage picture(boolean dot) {
        var size = SystemTray.getSystemTray().getTrayIconSize();
        int sides = Math.max(size.width, size.height);
        BufferedImage picture = read(sides <= 16 ? 16 : sides <= 24 ? 24 : sides <= 32 ? 32 : 48);
        if (dot) {
            var graphics = picture.createGraphics();
            graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            graphics.setColor(DOT);
            int across = Math.max(7, picture.getWidth() * 2 / 5);
            graphics.fillOval(picture.getWidth() - across, 0, across, across);
            graphics.dispose();
        }
        return picture;
    }

    private static BufferedImage read(int sides) {
        String name = "/org/rollcall/ui/icons/icon-" + sides + ".png";
        try {
            var read = ImageIO.read(Objects.requireNonNull(DesktopTray.class.getResource(name), name));
            var drawable = new BufferedImage(sides, sides, BufferedImage.TYPE_INT_ARGB);
            var graphics = drawable.createGraphics();
            graphics.drawImage(read, 0, 0, sides, sides, null);
            graphics.dispose();
            return drawable;
        } catch (IOException e) {
            throw new IllegalStateException("Missing from the program: " + name, e);
        }
    }

    @Override
    public synchronized void hide() {
        wanted = false;
        TrayIcon shown = icon;
        if (shown != null) {
            SystemTray.getSystemTray().remove(shown);
            icon = null;
        }
    }

    @Override
    public void tell(String title, String text) {
        Optional<Path> program = sender();
        if (program.isEmpty() || !send(program.get(), title, text)) {
            tellByIcon(title, text);
        }
    }

    /// Only where a desktop of Linux has it.
    private Optional<Path> sender() {
        if (!System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("linux")) {
            return Optional.empty();
        }
        return Arrays.stream(searchPath.split(Pattern.quote(File.pathSeparator))).filter(each -> !each.isBlank())
                .flatMap(each -> {
                    try {
                        return Optional.of(Path.of(each, "notify-send")).stream();
                    } catch (InvalidPathException e) {
                        LOG.debug("Not a folder: an entry of PATH", e);
                        return java.util.stream.Stream.empty();
                    }
                }).filter(Path::isAbsolute).filter(Files::isExecutable).findFirst();
    }

    private static boolean send(Path program, String title, String text) {
        try {
            // Some desktops read the text as markup; whatever could begin one is spelled out.
            String plain = MARKUP.matcher(DisplayText.text(text)).replaceAll(each -> switch (each.group()) {
                case "<" -> "&lt;";
                case ">" -> "&gt;";
                default -> "&amp;";
            });
            var process = new ProcessBuilder(program.toString(), "--app-name=Rollcall", "--icon=rollcall", "--",
                    DisplayText.text(title), plain).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
            if (!process.waitFor(SEND_SECONDS, TimeUnit.SECONDS)) {
                process.destroy();
                return false;
            }
            return process.exitValue() == 0;
        } catch (IOException e) {
            LOG.info("The desktop's notifications are not reached: {}", e.toString());
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private synchronized void tellByIcon(String title, String text) {
        if (!isThere()) {
            return;
        }
        TrayIcon shown = icon == null ? add() : icon;
        if (shown != null) {
            shown.displayMessage(DisplayText.text(title), DisplayText.text(text), TrayIcon.MessageType.WARNING);
            if (!wanted) {
                Thread.ofVirtual().name("tray-notification").start(this::hideLater);
            }
        }
    }

    private void hideLater() {
        try {
            TimeUnit.SECONDS.sleep(SHOWN_SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        synchronized (this) {
            if (!wanted) {
                hide();
            }
        }
    }
}
