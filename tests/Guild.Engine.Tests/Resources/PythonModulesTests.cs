using Guild.Engine.Resources;

namespace Guild.Engine.Tests.Resources;

/// <summary>Tests with a real interpreter; they need python3 on the PATH and fail without it.</summary>
public sealed class PythonModulesTests
{
    [Theory]
    [InlineData("json")]
    [InlineData("os.path")]
    public void A_module_that_is_there_is_found(string module) => Assert.Null(Check(module));

    [Theory]
    [InlineData("no_such_module_anywhere", "No module named 'no_such_module_anywhere'")]
    [InlineData("no_such_package.inner", "No module named 'no_such_package'")]
    [InlineData("json.no_such_part", "No module named 'json.no_such_part'")]
    public void A_module_that_is_missing_is_named_in_Python_s_words(string module, string expected) =>
        Assert.StartsWith(expected, Check(module), StringComparison.Ordinal);

    [Fact]
    public void A_name_with_code_in_it_is_only_a_name() => Assert.NotNull(Check("os; print(1)"));

    [Fact]
    public void An_interpreter_that_is_not_there_is_said() =>
        Assert.Contains("could not be started", PythonModules.Check("/no/such/python", new Dictionary<string, string>(), "json"), StringComparison.Ordinal);

    private static string? Check(string module)
    {
        var path = Environment.GetEnvironmentVariable("PATH") ?? "";
        var name = OperatingSystem.IsWindows() ? "python.exe" : "python3";
        var python = path.Split(Path.PathSeparator).Select(folder => Path.Join(folder, name)).FirstOrDefault(File.Exists);
        Assert.True(python is not null, "These tests need Python on the PATH.");
        var environment = new Dictionary<string, string> { ["PATH"] = path };
        foreach (var variable in new[] { "HOME", "SystemRoot" })
        {
            if (Environment.GetEnvironmentVariable(variable) is { } value)
            {
                environment[variable] = value;
            }
        }

        return PythonModules.Check(python, environment, module);
    }
}
