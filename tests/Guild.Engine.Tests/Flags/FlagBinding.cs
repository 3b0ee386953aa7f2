using Guild.Engine.Flags;
using Guild.Engine.GuildFiles;

namespace Guild.Engine.Tests.Flags;

/// <summary>Binds flags as a user gives them, in a folder of its own.</summary>
public abstract class FlagBinding : IDisposable
{
    private protected string Folder { get; } = Directory.CreateTempSubdirectory("guild-flags-").FullName;

    public void Dispose()
    {
        Directory.Delete(Folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    private protected static FlagDefinition Flag(string name, object? value = null) => new() { Name = name, Default = value };

    private protected static FlagChoice Choice(object? value, params (string Name, object? Value)[] flags) =>
        new() { Value = value, Flags = flags.ToDictionary(flag => flag.Name, flag => flag.Value) };

    private protected static OperationDefinition Operation(FlagDefinition[] flags) => new() { Name = "train", ModelName = "m", Flags = flags };

    private protected static List<KeyValuePair<string, FlagInput>> Given(params (string Name, string Text)[] given) =>
        [.. given.Select(item => KeyValuePair.Create(item.Name, (FlagInput)new FlagText(item.Text)))];

    private protected FlagBindingOptions Options => new(Folder, Path.Combine(Folder, "home"));

    private protected BoundFlags Bind(FlagDefinition[] flags, params (string Name, string Text)[] given) => FlagBinder.Bind(Operation(flags), Given(given), Options);

    private protected BoundFlags BindValue(FlagDefinition flag, object? value) =>
        FlagBinder.Bind(Operation([flag]), [KeyValuePair.Create(flag.Name, (FlagInput)new FlagValue(value))], Options);

    private protected IReadOnlyList<FlagProblem> Problems(FlagDefinition[] flags, params (string Name, string Text)[] given) =>
        Assert.Throws<FlagException>(() => Bind(flags, given)).Problems;

    private protected string? ProblemOrNull(FlagDefinition flag, string text)
    {
        try
        {
            Bind([flag], (flag.Name, text));
            return null;
        }
        catch (FlagException error)
        {
            return error.Message;
        }
    }
}
