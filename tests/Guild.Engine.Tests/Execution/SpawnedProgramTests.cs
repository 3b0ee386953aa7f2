using System.Diagnostics;
using System.Globalization;
using System.Runtime.Versioning;
using System.Text.Json;
using Guild.Engine.Execution;

namespace Guild.Engine.Tests.Execution;

[UnsupportedOSPlatform("windows")]
public sealed class SpawnedProgramTests : ProgramTests
{
    [UnixTheory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(137)]
    [InlineData(255)]
    public async Task An_exit_code_is_kept(int code)
    {
        var recording = await Record(Call("exit", code.ToString(CultureInfo.InvariantCulture)));

        Assert.Equal(new ProgramExit(code, null), recording.Exit);
        Assert.Equal(code, recording.Exit.Status);
    }

    [UnixTheory]
    [InlineData(9)]
    [InlineData(15)]
    [InlineData(2)]
    [InlineData(13)]
    public async Task A_signal_is_told_from_an_exit_code(int signal)
    {
        var recording = await Record(Shell($"kill -{signal} $$; sleep 10"));

        Assert.Equal(new ProgramExit(null, signal), recording.Exit);
        Assert.Equal(-signal, recording.Exit.Status);
    }

    [UnixFact]
    public async Task Arguments_arrive_as_they_are()
    {
        string[] arguments = ["", " ", "a b", "\"quoted\"", "it's", "two\nlines", "tab\t", "ünïcödé 🎉", "$HOME", "*", "\\", "--x=y"];

        var recording = await Record(Call(["args", .. arguments]));

        Assert.Equal(arguments, recording.Lines.Select(line => JsonSerializer.Deserialize<string>(line)!));
    }

    [UnixFact]
    public async Task The_environment_is_the_given_one_and_no_more()
    {
        var start = Start("/usr/bin/env") with { Environment = new Dictionary<string, string> { ["A"] = "1 = ü", ["EMPTY"] = "" } };

        var recording = await Record(start);

        Assert.Equal(["A=1 = ü", "EMPTY="], recording.Lines.Order(StringComparer.Ordinal));
    }

    [UnixFact]
    public async Task A_program_starts_in_its_working_directory()
    {
        var folder = Directory.CreateDirectory(Path.Combine(Folder, "wörk dir")).FullName;

        var recording = await Record(Shell("pwd -P") with { WorkingDirectory = folder });

        Assert.EndsWith("/wörk dir", recording.Lines.Single(), StringComparison.Ordinal);
    }

    [UnixFact]
    public async Task A_program_without_input_reads_nothing()
    {
        var recording = await Record(Call("stdin"));

        Assert.Equal(0, recording.Exit.Status);
        Assert.Empty(recording.Output);
    }

    [UnixFact]
    public async Task A_program_leads_a_session_of_its_own()
    {
        using var program = SpawnedProgram.Start(Shell("cut -d ' ' -f 6 /proc/$$/stat"));

        var recording = await Record(program);

        Assert.Equal(program.ProcessId.ToString(CultureInfo.InvariantCulture), recording.Lines.Single());
    }

    [UnixFact]
    public async Task Signals_that_the_runtime_ignores_are_not_ignored_by_the_program()
    {
        var recording = await Record(Start("/bin/grep", "-E", "^Sig(Ign|Blk)", "/proc/self/status"));

        // Signals 32 and 33 are the C library's own; its posix_spawn always leaves them ignored.
        var ignored = recording.Lines.Select(line => Convert.ToUInt64(line.Split('\t')[1], 16) & 0x7fffffff);
        Assert.Equal([0UL, 0UL], ignored);
    }

    [UnixFact]
    public async Task Files_that_are_open_here_are_not_handed_on()
    {
        using var file = File.Create(Path.Combine(Folder, "open"));

        var recording = await Record(Start("/bin/ls", "-l", "/proc/self/fd"));

        Assert.DoesNotContain(Folder, recording.Text, StringComparison.Ordinal);
    }

    [UnixFact]
    public void A_program_that_is_not_on_the_path_is_named()
    {
        var error = Assert.Throws<ProgramException>(() => SpawnedProgram.Start(Start("no-such-program-here")));

        Assert.Equal("no-such-program-here", error.Program);
        Assert.Contains("is not on the PATH", error.Message, StringComparison.Ordinal);
        Assert.NotNull(error.RecommendedAction);
    }

    [UnixFact]
    public void A_path_that_names_nothing_is_named()
    {
        var error = Assert.Throws<ProgramException>(() => SpawnedProgram.Start(Start("./missing")));

        Assert.Contains("There is no program './missing'", error.Message, StringComparison.Ordinal);
    }

    [UnixFact]
    public void A_file_that_may_not_be_executed_asks_for_the_right_to()
    {
        File.WriteAllText(Path.Combine(Folder, "script"), "#!/bin/sh\n");

        var error = Assert.Throws<ProgramException>(() => SpawnedProgram.Start(Start("./script")));

        Assert.Contains("may not be executed", error.Message, StringComparison.Ordinal);
        Assert.Contains("chmod +x", error.RecommendedAction, StringComparison.Ordinal);
    }

    [UnixFact]
    public void A_text_without_an_interpreter_is_not_handed_to_a_shell()
    {
        WriteExecutable("script", "echo hello\n");

        var error = Assert.Throws<ProgramException>(() => SpawnedProgram.Start(Start("./script")));

        Assert.Contains("neither a program for this system nor a script", error.Message, StringComparison.Ordinal);
        Assert.Contains("#!/bin/sh", error.RecommendedAction, StringComparison.Ordinal);
    }

    [UnixFact]
    public void A_script_whose_interpreter_is_missing_names_the_interpreter()
    {
        WriteExecutable("script", "#!/no/such/python -u\n");

        var error = Assert.Throws<ProgramException>(() => SpawnedProgram.Start(Start("./script")));

        Assert.Contains("its interpreter '/no/such/python -u' is missing", error.Message, StringComparison.Ordinal);
    }

    [UnixFact]
    public void A_script_with_line_endings_of_windows_is_told_so()
    {
        WriteExecutable("script", "#!/bin/sh\r\necho hello\r\n");

        var error = Assert.Throws<ProgramException>(() => SpawnedProgram.Start(Start("./script")));

        Assert.Contains("Unix line endings", error.RecommendedAction, StringComparison.Ordinal);
    }

    [UnixFact]
    public void A_working_directory_that_is_missing_is_named()
    {
        var error = Assert.Throws<ProgramException>(() => SpawnedProgram.Start(Shell("true") with { WorkingDirectory = Path.Combine(Folder, "gone") }));

        Assert.Contains("which is not a folder", error.Message, StringComparison.Ordinal);
    }

    [UnixFact]
    public void An_argument_with_a_zero_character_is_refused()
    {
        var error = Assert.Throws<ProgramException>(() => SpawnedProgram.Start(Call("print", "a\0b")));

        Assert.Contains(@"'a\0b'", error.Message, StringComparison.Ordinal);
    }

    [UnixFact]
    public async Task A_program_is_looked_for_on_the_path_of_its_own_environment()
    {
        WriteExecutable("bin/mine", "#!/bin/sh\necho mine\n");

        var recording = await Record(Start("mine") with { Environment = new Dictionary<string, string> { ["PATH"] = "/nowhere:bin" } });

        Assert.Equal("mine\n", recording.Text);
    }

    [UnixFact]
    public async Task No_exit_status_is_lost_beside_processes_of_the_framework()
    {
        const int Count = 60;
        var others = Task.Run(() =>
        {
            var codes = new List<int>();
            for (var i = 0; i < Count; i++)
            {
                using var process = Process.Start("/bin/sh", ["-c", $"exit {i}"]);
                process.WaitForExit();
                codes.Add(process.ExitCode);
            }

            return codes;
        });
        var own = new List<int>();
        for (var i = 0; i < Count; i++)
        {
            using var program = SpawnedProgram.Start(Shell($"exit {i + 100}"));
            own.Add((await program.Exit.WaitAsync(Limit)).Status);
        }

        Assert.Equal(Enumerable.Range(100, Count), own);
        Assert.Equal(Enumerable.Range(0, Count), await others);
    }

    [UnixFact]
    public async Task Programs_that_start_at_once_do_not_hold_each_others_pipes_open()
    {
        using var lasting = SpawnedProgram.Start(Shell("sleep 60"));
        var runs = Enumerable.Range(0, 24).Select(i => Task.Run(async () =>
        {
            using var program = SpawnedProgram.Start(Shell($"echo {i}; sleep 0.{i % 3}"));
            using var file = new OutputFile(Path.Combine(Folder, $"{i}.out"), Path.Combine(Folder, $"{i}.index"), TimeProvider.System, _ => { });
            using var recorder = new OutputRecorder(program, file, lines: null, TimeProvider.System);
            recorder.Begin();
            await program.Exit.WaitAsync(Limit);
            recorder.Finish();
            return (recorder.IsCutShort, await File.ReadAllTextAsync(Path.Combine(Folder, $"{i}.out")));
        }));

        var results = await Task.WhenAll(runs);

        Assert.Equal(Enumerable.Range(0, 24).Select(i => (false, $"{i}\n")), results);
        lasting.Kill();
    }

    [UnixFact]
    public async Task Where_the_system_cannot_change_the_directory_another_program_does()
    {
        var folder = Directory.CreateDirectory(Path.Combine(Folder, "a dir")).FullName;
        var start = Start("/bin/sh", "-c", "pwd -P; echo \"$1\"", "sh", "x y") with { WorkingDirectory = folder };

        var recording = await Record(PosixSpawn.ByDirectoryChanger("/bin/sh", start) with { FileName = PosixSpawn.DirectoryChanger, WorkingDirectory = "/" });

        Assert.EndsWith("/a dir", recording.Lines[0], StringComparison.Ordinal);
        Assert.Equal("x y", recording.Lines[1]);
    }

    [UnixFact]
    public async Task A_program_can_be_told_from_a_later_one_of_the_same_number()
    {
        using var program = SpawnedProgram.Start(Shell("sleep 60"));
        var start = program.StartTime!.Value;

        Assert.True(ProcessIdentity.IsAlive(program.ProcessId, start, ProcessIdentity.Boot));
        Assert.False(ProcessIdentity.IsAlive(program.ProcessId, start + 1, ProcessIdentity.Boot));
        Assert.False(ProcessIdentity.IsAlive(program.ProcessId, start, "another boot"));

        program.Kill();
        await program.Exit.WaitAsync(Limit);
        Assert.False(ProcessIdentity.IsAlive(program.ProcessId, start, ProcessIdentity.Boot));
    }

    [UnixFact]
    public async Task Two_readings_of_a_start_time_are_equal()
    {
        using var program = SpawnedProgram.Start(Shell("sleep 60"));

        Assert.NotNull(program.StartTime);
        Assert.Equal(program.StartTime, ProcessIdentity.StartOf(program.ProcessId));

        program.Kill();
        Assert.Equal(-9, (await program.Exit.WaitAsync(Limit)).Status);
    }

    private void WriteExecutable(string name, string text)
    {
        var path = Path.Combine(Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
