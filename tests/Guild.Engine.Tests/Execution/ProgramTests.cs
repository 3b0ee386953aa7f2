using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Text;
using Guild.Engine.Execution;

namespace Guild.Engine.Tests.Execution;

/// <summary>Starts real programs in a folder of their own and gives what they wrote.</summary>
public abstract class ProgramTests : IDisposable
{
    protected static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    protected string Folder { get; } = Directory.CreateTempSubdirectory("guild-").FullName;

    internal static string TestProgram { get; } = Path.ChangeExtension(
        typeof(ProgramTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "TestProgram").Value!,
        OperatingSystem.IsWindows() ? "exe" : null);

    public void Dispose()
    {
        Directory.Delete(Folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    protected static Dictionary<string, string> CurrentEnvironment() => Environment.GetEnvironmentVariables()
        .Cast<System.Collections.DictionaryEntry>()
        .ToDictionary(entry => (string)entry.Key, entry => (string)entry.Value!, StringComparer.Ordinal);

    internal ProgramStart Call(params string[] arguments) => Start(TestProgram, arguments);

    internal ProgramStart Shell(string script) => Start("/bin/sh", "-c", script);

    internal ProgramStart Start(string fileName, params string[] arguments) =>
        new() { FileName = fileName, Arguments = arguments, WorkingDirectory = Folder, Environment = CurrentEnvironment() };

    internal async Task<Recording> Record(ProgramStart start, OutputLineSink? sink = null, byte? mark = null)
    {
        using var program = SpawnedProgram.Start(start);
        return await Record(program, sink, mark);
    }

    internal async Task<Recording> Record(SpawnedProgram program, OutputLineSink? sink = null, byte? mark = null)
    {
        using var recorder = new OutputRecorder(program, OpenFile(), sink is null ? null : new OutputLineReader(sink, mark), TimeProvider.System);
        recorder.Begin();
        var exit = await program.Exit.WaitAsync(Limit);
        await Task.Run(recorder.Finish).WaitAsync(Limit);
        return new Recording(exit, Output, Index, recorder.IsCutShort);
    }

    internal OutputFile OpenFile() => new(OutputPath, IndexPath, TimeProvider.System, _ => { });

    protected string OutputPath => Path.Combine(Folder, "output");

    protected string IndexPath => Path.Combine(Folder, "output.index");

    protected byte[] Output => File.ReadAllBytes(OutputPath);

    protected byte[] Index => File.ReadAllBytes(IndexPath);

    /// <summary>Waits until something is so, since another process brings it about.</summary>
    protected static async Task Eventually(Func<bool> isSo)
    {
        var watch = Stopwatch.StartNew();
        while (!isSo())
        {
            Assert.True(watch.Elapsed < Limit, "It did not come to be in time.");
            await Task.Delay(10);
        }
    }

    /// <summary>Waits for a file that a program writes its process id to.</summary>
    protected async Task<int> ProcessIdIn(string name)
    {
        var path = Path.Combine(Folder, name);
        await Eventually(() => File.Exists(path) && File.ReadAllText(path).EndsWith('\n'));
        return int.Parse(File.ReadAllText(path), CultureInfo.InvariantCulture);
    }

    protected static bool IsRunning(int processId) => ProcessIdentity.StartOf(processId) is not null;
}

/// <summary>What was recorded of a program.</summary>
internal sealed record Recording(ProgramExit Exit, byte[] Output, byte[] Index, bool IsCutShort)
{
    internal string Text => Encoding.UTF8.GetString(Output);

    internal string[] Lines => Text.TrimEnd('\n').Split('\n');

    /// <summary>The stream of each line, as <c>0</c> and <c>1</c>.</summary>
    internal string Streams => string.Concat(Index.Chunk(9).Select(entry => entry[8].ToString(CultureInfo.InvariantCulture)));
}
