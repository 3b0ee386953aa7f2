using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text;
using Guild.Engine.Execution;

namespace Guild.Engine.Tests.Execution;

/// <summary>Programs that read from a terminal, which here is one made for the test.</summary>
[UnsupportedOSPlatform("windows")]
public sealed partial class TerminalTests : ProgramTests
{
    private const int ReadWriteNoController = 0x2 | 0x100;

    [Fact]
    public async Task A_program_in_its_own_session_can_read_the_terminal_it_inherits()
    {
        var (master, terminal) = OpenTerminal();
        using var program = SpawnedProgram.Start(Shell("read answer; echo \"got $answer\"") with { InheritsInput = true }, terminal);
        var recorded = Record(program);

        await Write(master, "hello\n");

        Assert.Equal("got hello\n", (await recorded).Text);
    }

    [Fact]
    public async Task A_terminal_gets_lines_and_echo_for_the_program_and_its_former_mode_back()
    {
        var (_, terminal) = OpenTerminal();
        await Mode(terminal, "raw -echo");
        var before = await Mode(terminal, "-g");

        using (TerminalMode.ForProgram(terminal))
        {
            var settings = (await Mode(terminal, "-a")).Split([' ', ';', '\n']);
            Assert.Contains("icanon", settings);
            Assert.Contains("echo", settings);
            Assert.Contains("isig", settings);
            Assert.Contains("icrnl", settings);
        }

        Assert.Equal(before, await Mode(terminal, "-g"));
    }

    [Fact]
    public void What_is_no_terminal_has_no_mode()
    {
        using var file = File.Create(Path.Combine(Folder, "file"));

        Assert.Null(TerminalMode.ForProgram((int)file.SafeFileHandle.DangerousGetHandle()));
    }

    [Fact]
    public async Task Ctrl_C_at_the_terminal_of_the_host_reaches_the_program_once()
    {
        Directory.CreateDirectory(Path.Combine(Folder, ".guild", "attrs"));
        const string Counting = "trap 'echo caught >> caught' INT; echo $$ > pid; read answer; echo \"got $answer\" > answer; i=0; while [ ! -e caught ]; do sleep 0.05; done; sleep 0.3; exit 4";
        var (master, terminal) = OpenTerminal();

        // The host leads a session that the terminal controls, as a shell in a terminal window does.
        var start = Start("/usr/bin/setsid", "--ctty", "--wait", TestProgram, "supervise", Folder, "/bin/sh", "-c", Counting) with { InheritsInput = true };
        using var host = SpawnedProgram.Start(start, terminal);
        await ProcessIdIn("pid");
        await Write(master, "hello\n");
        await Eventually(() => File.Exists(Path.Combine(Folder, "answer")));
        await Write(master, "\u0003");

        Assert.Equal(4, (await host.Exit.WaitAsync(Limit)).Status);
        Assert.Equal("got hello\n", await File.ReadAllTextAsync(Path.Combine(Folder, "answer")));
        Assert.Equal("caught\n", await File.ReadAllTextAsync(Path.Combine(Folder, "caught")));
    }

    private async Task<string> Mode(int terminal, string arguments)
    {
        using var program = SpawnedProgram.Start(Shell($"stty {arguments}") with { InheritsInput = true }, terminal);
        File.Delete(OutputPath);
        return (await Record(program)).Text;
    }

    private static (int Master, int Terminal) OpenTerminal()
    {
        var master = posix_openpt(ReadWriteNoController);
        Assert.True(master >= 0);
        Assert.Equal(0, grantpt(master));
        Assert.Equal(0, unlockpt(master));
        var terminal = open(Marshal.PtrToStringUTF8(ptsname(master))!, ReadWriteNoController);
        Assert.True(terminal >= 0);
        return (master, terminal);
    }

    private static async Task Write(int master, string text)
    {
        using var handle = new Microsoft.Win32.SafeHandles.SafeFileHandle(master, ownsHandle: false);
        await using var stream = new FileStream(handle, FileAccess.Write, bufferSize: 0);
        await stream.WriteAsync(Encoding.UTF8.GetBytes(text));
    }

    [LibraryImport("libc")]
    private static partial int posix_openpt(int flags);

    [LibraryImport("libc")]
    private static partial int grantpt(int descriptor);

    [LibraryImport("libc")]
    private static partial int unlockpt(int descriptor);

    [LibraryImport("libc")]
    private static partial nint ptsname(int descriptor);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int open(string path, int flags);
}
