using System.Management.Automation;
using Guild.Engine;
using Guild.Engine.GuildFiles;
using Guild.Engine.Runs;
using Guild.Engine.Scalars;
using Guild.PowerShell.Charts;
using Guild.PowerShell.Completion;
using Guild.PowerShell.Streams;
using Guild.PowerShell.Views;

namespace Guild.PowerShell.Commands;

/// <summary>Draws the values that runs logged as charts of text: one a scalar, with a line for each run.</summary>
[Cmdlet(VerbsCommon.Show, "GuildScalar", DefaultParameterSetName = InputObjectSet)]
[OutputType(typeof(string))]
public sealed class ShowGuildScalarCommand : RunPartCommand
{
    private const string LineType = "Guild.PowerShell.ChartLine";

    private const int LeastHeight = 5;
    private const int MostHeight = 20;
    private const int MostHeightOfSeveral = 12;

    // The title, and the axis with its numbers; and the lines of a prompt, so that a chart that is alone is seen as a whole.
    private const int LinesAroundChart = 3;
    private const int LinesOfPrompt = 2;

    private readonly OrderedDictionary<string, List<ChartSeries>> _panels = new(StringComparer.Ordinal);
    private readonly HashSet<string> _shown = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _others = new(StringComparer.Ordinal);
    private ScalarNames? _names;
    private ReadingProgress? _reading;
    private ChartSettings? _settings;

    /// <summary>Names of scalars; wildcards are allowed. A name without <c>#</c> also means scalars of that name in folders.</summary>
    [Parameter(Position = 1)]
    [ArgumentCompleter(typeof(ScalarCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public override string[]? Name { get; set; }

    /// <summary>What the charts are drawn with. By default Braille dots, or ASCII where the output is not Unicode.</summary>
    [Parameter]
    public GuildChartStyle? Style { get; set; }

    /// <summary>What is drawn to the right: the step, the time, or the time since the first value of a run.</summary>
    [Parameter]
    public GuildChartAxis Axis { get; set; }

    /// <summary>Draws values by their logarithm.</summary>
    [Parameter]
    public SwitchParameter LogScale { get; set; }

    /// <summary>Smooths the lines: 0 not at all, 0.6 somewhat, 0.99 very much. The same as TensorBoard's.</summary>
    [Parameter]
    [ValidateRange(0.0, 0.9999)]
    public double Smoothing { get; set; }

    /// <summary>The characters of a line at most. By default as many as the window has.</summary>
    [Parameter]
    [ValidateRange(20, 10_000)]
    public int Width { get; set; }

    /// <summary>The lines of a chart between its title and its axis. By default what fits the window.</summary>
    [Parameter]
    [ValidateRange(2, 1_000)]
    public int Height { get; set; }

    /// <summary>Shows system scalars too, where no names are given.</summary>
    [Parameter]
    public SwitchParameter AllScalar { get; set; }

    private protected override bool NeedsNewest => false;

    private protected override void ProcessRun(RunStore store, GuildRun run)
    {
        if (!_shown.Add(run.Path))
        {
            return;
        }

        _names ??= new ScalarNames(Name);
        _reading ??= new ReadingProgress(this, "Reading scalars");
        _reading.Begin($"run {run.ShortId} ({run.Operation})");
        var settings = _settings ??= Settings();
        var series = new Dictionary<string, ChartSeries?>(StringComparer.Ordinal);
        var firstTimes = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var point in RunScalars.Read(run.Path))
        {
            StopToken.ThrowIfCancellationRequested();
            _reading.Add();
            if (!series.TryGetValue(point.Tag, out var line))
            {
                series.Add(point.Tag, line = Begin(run, point.Tag, settings));
                firstTimes.Add(point.Tag, point.WallTime);
            }

            line?.Add(
                Axis switch
                {
                    GuildChartAxis.Step => point.Step,
                    GuildChartAxis.Time => IsDate(point.WallTime) ? point.WallTime : double.NaN,
                    _ => point.WallTime - firstTimes[point.Tag],
                },
                point.Value);
        }
    }

    /// <inheritdoc/>
    protected override void End()
    {
        _reading?.End();
        if (_settings is not { } settings)
        {
            return;
        }

        foreach (var name in (Name ?? []).Where(IsMissing))
        {
            WriteError(Streams.ErrorRecords.Of(Missing(name), name));
        }

        var panels = _panels.Where(panel => panel.Value.Exists(series => series.Count > 0)).ToList();
        if (Name is null && panels.Count == 0)
        {
            WriteWarning(_others.Count == 0 ? "None of the runs has scalars." : "The runs have system scalars only. Show them with -AllScalar.");
        }

        for (var i = 0; i < panels.Count; i++)
        {
            StopToken.ThrowIfCancellationRequested();
            if (i > 0)
            {
                WriteObject("");
            }

            var series = panels[i].Value.Where(s => s.Count > 0).ToList();
            Write(panels[i].Key, series, settings with { Height = HeightOf(series.Count, panels.Count) });
        }
    }

    // What is piped, kept or redirected is plain text. PowerShell takes colours out of what it formats, but not out of text, so they are in the view.
    private void Write(string name, List<ChartSeries> series, ChartSettings settings)
    {
        var lines = ChartPanel.Lines(name, series, settings with { Palette = ChartPalette.Plain });
        if (!settings.Palette.HasColours)
        {
            WriteObject(lines, enumerateCollection: true);
            return;
        }

        foreach (var (line, coloured) in lines.Zip(ChartPanel.Lines(name, series, settings)))
        {
            var text = new PSObject(line);
            text.TypeNames.Insert(0, LineType);
            text.Properties.Add(new PSNoteProperty("Coloured", coloured));
            WriteObject(text);
        }
    }

    // A DateTimeOffset ends with the year 9999, and files of others hold any number.
    private static bool IsDate(double seconds) => Math.Abs(seconds) < 2e11 && seconds > -6e10;

    private ChartSeries? Begin(GuildRun run, string name, ChartSettings settings)
    {
        if (!_names!.Mean(name) || (Name is null && !AllScalar && ScalarNames.IsSystem(name)))
        {
            _others.Add(name);
            return null;
        }

        var line = new ChartSeries(run.ShortId, run.Label ?? run.Operation, settings);
        if (!_panels.TryGetValue(name, out var panel))
        {
            _panels.Add(name, panel = []);
        }

        panel.Add(line);
        return line;
    }

    private ChartSettings Settings() => new()
    {
        Glyphs = (Style ?? ChartWindow.StyleFor(Console.OutputEncoding)) switch
        {
            GuildChartStyle.Braille => CellGlyphs.Braille,
            GuildChartStyle.Block => CellGlyphs.Block,
            _ => CellGlyphs.Ascii,
        },
        Palette = ChartWindow.Palette(GetVariableValue("PSStyle"), Host, Environment.GetEnvironmentVariable("NO_COLOR")),
        Width = Width > 0 ? Width : ChartWindow.Size(Host).Width,
        Height = LeastHeight,
        IsLogScale = LogScale,
        Smoothing = Smoothing,
        Level = Axis switch
        {
            GuildChartAxis.Step => LevelAxis.Step,
            GuildChartAxis.Time => LevelAxis.Time(TimeZoneInfo.Local),
            _ => LevelAxis.RelativeTime,
        },
    };

    private int HeightOf(int series, int panels) => Height > 0
        ? Height
        : Math.Clamp(ChartWindow.Size(Host).Height - LinesAroundChart - LinesOfPrompt - series, LeastHeight, panels == 1 ? MostHeight : MostHeightOfSeveral);

    private bool IsMissing(string name)
    {
        var meant = new ScalarNames([name]);
        return !WildcardPattern.ContainsWildcardCharacters(name) && !_panels.Keys.Any(meant.Mean);
    }

    private NameNotFoundException Missing(string name)
    {
        var existing = NearestNames.Sort(name, _panels.Keys.Concat(_others));
        return new NameNotFoundException(
            NameKind.Scalar,
            name,
            $"No scalar '{name}' in the {(_shown.Count == 1 ? "run" : "runs")}.{(existing.Count == 0 ? " There are none." : $" There are: {string.Join(", ", existing)}.")}",
            existing,
            "List the scalars with Get-GuildScalar -Summary.");
    }
}
