using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Guild.TestProgram;

/// <summary>What the program can be asked to do, one verb a call; all that it does is what a test needs to see from outside.</summary>
internal static class Verbs
{
    private const int Unknown = 64;

    internal static int Run(string verb, string[] args) => verb switch
    {
        "print" => Print(args),
        "lines" => Lines(Number(args[0]), Number(args[1]), args.ElementAtOrDefault(2) ?? "stdout"),
        "bytes" => Bytes(),
        "noeol" => NoEndOfLine(args),
        "exit" => (int)Number(args[0]),
        "signal" => Signal((int)Number(args[0])),
        "sleep" => Sleep(args[0]),
        "ignore" => Ignore(args),
        "child" => Child(args[0]),
        "env" => Environment(args[0]),
        "args" => Arguments(args),
        "cwd" => Print([System.Environment.CurrentDirectory]),
        "stdin" => Input(),
        "touch" => Touch(args[0]),
        "busy" => Busy(args[0]),
        "hold" => Hold(Number(args[0]), args[1]),
        "progress" => Progress(Number(args[0])),
        "run" => Operations.Run(args[0], args[1], args[2]),
        "batch" => Operations.RunBatch(args[0], args[1], args[2], (int)Number(args[3]), args[4..]),
        "search" => Operations.RunSearch(args[0], args[1], args[2], args[3], (int)Number(args[4]), (int)Number(args[5]), args[6..]),
        "continue" => Operations.Continue(args[0], args[1], args[2]),
        "detach" => Operations.Detach(args[0], args[1], args[2]),
        "crowd" => new Crowd(args[0], args[1], (int)Number(args[2])).Do(Number(args[3])),
        "crowd-for" => new Crowd(args[0], args[1], (int)Number(args[2])).DoFor(TimeSpan.FromSeconds(Number(args[3]))),
        "supervise" => Supervision.Supervise(args[0], args[1], args[2..]),
        "detached" => Guild.Engine.Execution.DetachedSupervisor.Run(args[0], args[1], request: null),
        "refuse" => Refuse(args[0]),
        _ => Unknown,
    };

    // A supervisor that cannot even begin.
    private static int Refuse(string reason)
    {
        Console.Error.WriteLine(reason);
        return 3;
    }

    private static int Print(string[] texts)
    {
        foreach (var text in texts)
        {
            Console.WriteLine(text);
        }

        return 0;
    }

    private static int Lines(long count, long size, string stream)
    {
        using var output = Console.OpenStandardOutput();
        using var error = Console.OpenStandardError();
        var line = Encoding.ASCII.GetBytes(new string('x', (int)size - 1) + "\n");
        for (var i = 0L; i < count; i++)
        {
            var isError = stream == "stderr" || (stream == "both" && i % 2 == 1);
            (isError ? error : output).Write(line);
        }

        return 0;
    }

    private static int Bytes()
    {
        using var output = Console.OpenStandardOutput();
        output.Write([.. Enumerable.Range(0, 256).Select(value => (byte)value)]);
        return 0;
    }

    private static int NoEndOfLine(string[] texts)
    {
        Console.Write(string.Join(' ', texts));
        return 0;
    }

    private static int Signal(int signal)
    {
        _ = Native.Kill(System.Environment.ProcessId, signal);
        Thread.Sleep(Timeout.Infinite);
        return 0;
    }

    private static int Sleep(string seconds)
    {
        Console.WriteLine("sleeping");
        Thread.Sleep(TimeSpan.FromSeconds(double.Parse(seconds, CultureInfo.InvariantCulture)));
        return 0;
    }

    private static int Ignore(string[] signals)
    {
        var registrations = signals.Select(name => PosixSignalRegistration.Create(Enum.Parse<PosixSignal>(name), context =>
        {
            context.Cancel = true;
            Console.WriteLine($"ignored {name}");
        })).ToList();
        Console.WriteLine($"pid {System.Environment.ProcessId}");
        Thread.Sleep(TimeSpan.FromMinutes(2));
        registrations.ForEach(registration => registration.Dispose());
        return 0;
    }

    // The child keeps our standard output open, as servers do that a script starts and forgets.
    private static int Child(string seconds)
    {
        using var child = Process.Start(new ProcessStartInfo(System.Environment.ProcessPath!, ["sleep", seconds]) { UseShellExecute = false })!;
        Console.WriteLine($"child {child.Id}");
        return 0;
    }

    private static int Environment(string name)
    {
        var value = System.Environment.GetEnvironmentVariable(name);
        if (value is not null)
        {
            Console.WriteLine(value);
        }

        return value is null ? 1 : 0;
    }

    private static int Arguments(string[] args)
    {
        foreach (var arg in args)
        {
            Console.WriteLine(JsonSerializer.Serialize(arg));
        }

        return 0;
    }

    private static int Input()
    {
        using var input = Console.OpenStandardInput();
        using var output = Console.OpenStandardOutput();
        input.CopyTo(output);
        return 0;
    }

    private static int Touch(string path)
    {
        File.WriteAllBytes(path, []);
        return 0;
    }

    // Takes all of a processor until a file appears.
    private static int Busy(string end)
    {
        while (!File.Exists(end))
        {
            Thread.SpinWait(10_000);
        }

        return 0;
    }

    // Has so many mebibytes, each of them written to, until a file appears.
    private static int Hold(long mebibytes, string end)
    {
        var memory = new byte[mebibytes << 20];
        Array.Fill(memory, (byte)1);
        while (!File.Exists(end))
        {
            Thread.Sleep(20);
        }

        GC.KeepAlive(memory);
        return 0;
    }

    private static int Progress(long steps)
    {
        for (var i = 1L; i <= steps; i++)
        {
            Console.Write($"\r{i * 100 / steps}%");
            Thread.Sleep(50);
        }

        Console.WriteLine();
        return 0;
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
