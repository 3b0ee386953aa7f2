using Guild.Engine.GuildFiles;

namespace Guild.Engine.Tests.Resources;

public sealed class ModuleResourceTests : IDisposable
{
    private static readonly SourceDefinition Module = new() { Kind = SourceKind.Module, Value = "numpy" };

    private readonly ResourceFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_module_that_is_there_brings_no_files_and_no_warning()
    {
        _folder.Context = _folder.Context with { FindModule = (_, _) => null };

        var resolved = _folder.Resolve(Module);

        Assert.Empty(_folder.Placed());
        Assert.Empty(resolved.Warnings);
        Assert.Equal("module:numpy", Assert.Single(resolved.Sources).Name);
    }

    [Fact]
    public void A_module_that_is_missing_is_an_error_in_Python_s_words()
    {
        _folder.Context = _folder.Context with { FindModule = (name, _) => $"no module named '{name}'." };

        var error = _folder.Fail(Module);

        Assert.Contains("no module named 'numpy'", error.Message, StringComparison.Ordinal);
        Assert.Contains("pip install numpy", error.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_Python_a_module_cannot_be_there() =>
        Assert.Contains("no Python was found", _folder.Fail(Module).Message, StringComparison.Ordinal);
}
