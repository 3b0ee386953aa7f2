using Guild.Engine.Runs;
using Guild.Engine.Scalars;

namespace Guild.Bench;

/// <summary>A home of ten thousand ended runs with twenty attributes and a hundred scalars each.</summary>
internal static class ManyRuns
{
    internal const int Count = 10_000;

    private const int Steps = 25;

    private static readonly string[] Tags = ["acc", "loss", "val_acc", "val_loss"];

    private static readonly Lazy<GuildHome> FullHome = new(Make);

    private const int LongCount = 1_000_000;

    private static readonly Lazy<string> LongFile = new(MakeLongFile);

    private static bool s_hasScalars;

    private static int s_next;

    internal static GuildHome Home => FullHome.Value;

    internal static string IndexPath => Path.Join(Home.CacheDirectory, "run-index.db");

    /// <summary>The beginning of an id that one run has.</summary>
    internal static string AnyPrefix => IdOf(Count / 2)[..8];

    /// <summary>Lists the folders of the runs and looks at each: what no list can do without.</summary>
    internal static void EnumerateAndLook()
    {
        foreach (string path in Directory.EnumerateDirectories(Home.RunsDirectory))
        {
            _ = File.GetLastWriteTimeUtc(Path.Join(path, ".guild"));
        }
    }

    /// <summary>Reads the bytes of all event files.</summary>
    internal static void ReadEventFiles()
    {
        foreach (string path in Directory.EnumerateDirectories(Home.RunsDirectory))
        {
            foreach (string file in Directory.EnumerateFiles(Path.Join(path, ".guild"), "events*"))
            {
                _ = File.ReadAllBytes(file);
            }
        }
    }

    /// <summary>Sees to it that the index has the scalars of all runs.</summary>
    internal static void LoadScalars()
    {
        if (!s_hasScalars)
        {
            var store = new RunStore(Home, localCache: null);
            store.LoadScalars(store.List(), CancellationToken.None);
            s_hasScalars = true;
        }
    }

    /// <summary>Reads the bytes of an event file of a million scalars.</summary>
    internal static void ReadLongFile() => _ = File.ReadAllBytes(LongFile.Value);

    /// <summary>Reads the scalars of the same file.</summary>
    internal static void ReadLongScalars()
    {
        int count = EventFiles.Read(LongFile.Value).Count();
        if (count != LongCount)
        {
            throw new InvalidOperationException($"{count} scalars were read.");
        }
    }

    internal static void DeleteIndex()
    {
        if (File.Exists(IndexPath))
        {
            File.Delete(IndexPath);
        }
    }

    /// <summary>Writes labels of a hundred runs in place, as Guild AI does, and makes them look settled.</summary>
    internal static void ChangeHundred()
    {
        DateTime time = DateTime.UtcNow.AddHours(-1).AddSeconds(++s_next);
        for (int i = 0; i < 100; i++)
        {
            string label = Path.Join(Home.RunsDirectory, IdOf(i * 97), ".guild", "attrs", "label");
            File.WriteAllText(label, $"changed-{s_next}\n");
            File.SetLastWriteTimeUtc(label, time);
        }
    }

    private static string IdOf(int number) => $"{number * 2654435761L % 0xffffffff:x8}{number:x24}";

    private static string MakeLongFile()
    {
        string path = Path.Join(Scratch.NewFolder("long-scalars"), "events.out.tfevents.0000000001.bench.1.0");
        using var events = new EventFileWriter(path);
        for (int i = 0; i < LongCount; i++)
        {
            events.Add(Tags[i % Tags.Length], 1f / (i + 1), i / Tags.Length, 1_700_000_000 + i);
        }

        return path;
    }

    private static GuildHome Make()
    {
        var home = new GuildHome(Scratch.NewFolder("many-runs"));
        long start = RunClock.FromTime(DateTimeOffset.UtcNow.AddDays(-30));
        DateTime written = DateTime.UtcNow.AddHours(-2);
        Parallel.For(0, Count, number =>
        {
            var run = new RunDirectory(Path.Join(home.RunsDirectory, IdOf(number)));
            Directory.CreateDirectory(run.AttributesPath);
            run.WriteOpRef(new OpRef(OpRef.GuildFileType, "/srv/project/guild.yml", "7d865e959b2466918c9863afca942d0f", "mlp", "train"));
            foreach ((string name, object? value) in Attributes(number, start))
            {
                run.CreateAttribute(name, value);
            }

            using (var events = EventFileWriter.InFolder(run.GuildPath, "bench", 1, TimeProvider.System))
            {
                for (int step = 0; step < Steps; step++)
                {
                    foreach (string tag in Tags)
                    {
                        events.Add(tag, 1f / (step + 1 + (number % 10)), step, step);
                    }
                }
            }

            Directory.SetLastWriteTimeUtc(run.AttributesPath, written);
            Directory.SetLastWriteTimeUtc(run.GuildPath, written);
            File.SetLastWriteTimeUtc(Path.Join(run.AttributesPath, "label"), written);
        });
        return home;
    }

    private static IEnumerable<(string Name, object? Value)> Attributes(int number, long start) =>
    [
        ("cmd", new List<object?> { "/usr/bin/python3", "-um", "train", "--lr", "0.1", "--epochs", "10" }),
        ("deps", new Dictionary<string, object?>()),
        ("env", new Dictionary<string, object?> { ["PATH"] = "/usr/bin:/bin", ["HOME"] = "/root", ["LANG"] = "C.UTF-8" }),
        ("exit_status", number % 20 == 0 ? 1L : 0L),
        ("flags", new Dictionary<string, object?>
        {
            ["lr"] = 0.001 * (number % 100),
            ["epochs"] = 10L + (number % 5),
            ["optimizer"] = number % 2 == 0 ? "adam" : "sgd",
            ["dropout"] = 0.5,
            ["seed"] = (long)number,
        }),
        ("host", "bench"),
        ("id", IdOf(number)),
        ("initialized", start + (number * 60_000_000L)),
        ("label", $"lr={0.001 * (number % 100)}"),
        ("op", new Dictionary<string, object?> { ["op-cmd"] = new Dictionary<string, object?> { ["cmd-args"] = new List<object?> { "python", "-um", "train" } } }),
        ("pip_freeze", new List<object?> { "numpy==2.0.0", "pyyaml==6.0.1" }),
        ("platform", "Linux"),
        ("plugins", new List<object?> { "flags" }),
        ("random_seed", 2_500_000_000L + number),
        ("run_params", new Dictionary<string, object?> { ["yes"] = true }),
        ("sourcecode_digest", "0d5de68a2b9ec0bd0f8c34cff2d5f5a3"),
        ("started", start + (number * 60_000_000L) + 1_000),
        ("stopped", start + (number * 60_000_000L) + 30_000_000),
        ("user", "bench"),
        ("user_flags", new Dictionary<string, object?> { ["lr"] = 0.001 * (number % 100) }),
    ];
}
