using Guild.Engine.GuildFiles;
using Guild.Engine.Imports;
using Guild.Engine.Tests.Operations;

namespace Guild.Engine.Tests.Imports;

public sealed class FlagMergeTests
{
    private const string Script = """
        import argparse
        p = argparse.ArgumentParser()
        p.add_argument("--lr", type=float, default=0.1, help="Rate of the script")
        p.add_argument("--epochs", type=int, default=5)
        p.add_argument("--opt", choices=["sgd", "adam"], default="sgd")
        p.parse_args()
        """;

    [Fact]
    public void WithoutFlagsImportOnlyDeclaredFlagsAreCompleted()
    {
        var flag = Assert.Single(Import("train: {main: train.py, flags: {lr: 0.5}}\n").Operation.Flags);

        Assert.Equal((0.5, FlagType.Float, "Rate of the script", "train.py"), (flag.Default, flag.Type, flag.Description, flag.ImportedFrom));
    }

    [Theory]
    [InlineData("yes", "epochs,lr,opt")]
    [InlineData("all", "epochs,lr,opt")]
    [InlineData("no", "lr")]
    [InlineData("[epochs]", "epochs,lr")]
    [InlineData("yes, flags-import-skip: [opt]", "epochs,lr")]
    public void FlagsImportSaysWhichFlagsAreImported(string import, string expected) =>
        Assert.Equal(expected, string.Join(',', Import($"train: {{main: train.py, flags: {{lr: 0.5}}, flags-import: {import}}}\n").Operation.Flags.Select(f => f.Name)));

    [Fact]
    public void WhatTheGuildFileGivesStandsEvenIfItIsNothing()
    {
        var flags = Import(
            """
            train:
              main: train.py
              flags-import: yes
              flags:
                epochs: {default: null, type: auto, description: Mine, min: 1}
                rate: {arg-name: lr}
                opt: {choices: [sgd], default: x}
            """).Operation.Flags.ToDictionary(f => f.Name, StringComparer.Ordinal);

        Assert.Equal(["epochs", "opt", "rate"], flags.Keys);
        Assert.Equal((null, FlagType.Auto, "Mine", 1.0), (flags["epochs"].Default, flags["epochs"].Type, flags["epochs"].Description, flags["epochs"].Minimum));
        Assert.Equal((0.1, "lr", "Rate of the script"), (flags["rate"].Default, flags["rate"].ArgName, flags["rate"].Description));
        Assert.Equal((1, "x"), (flags["opt"].Choices.Count, flags["opt"].Default));
    }

    [Fact]
    public void ANameThatTheScriptDoesNotHaveIsToldWithTheNearest() =>
        Assert.Equal(
            "'flags-import' of operation 'train' names 'epoch', but 'train.py' has no such flag. It has: 'epochs', 'opt', 'lr'.",
            Assert.Single(Import("train: {main: train.py, flags-import: [epoch, lr]}\n").Warnings));

    [Fact]
    public void AnImportedFlagThatIsRequiredMustBeGiven()
    {
        using var project = new TempProject("train: {main: train.py, flags-import: yes}\n");
        project.Write("train.py", "import argparse\np = argparse.ArgumentParser()\np.add_argument('--n', required=True, type=int)\np.parse_args()\n");

        Assert.Contains("'n' is required", Assert.Throws<FlagException>(() => project.Plan("train")).Message, StringComparison.Ordinal);
        Assert.Equal(3L, project.Plan("train", "n=3").Flags.Values["n"]);
    }

    [Fact]
    public void FlagsOfADictAreThoseThatTheScriptAssignsToIt()
    {
        using var project = new TempProject("train: {main: train.py, flags-dest: 'dict:conf', flags-import: yes}\n");
        project.Write("train.py", "import argparse\nconf = {'a': 1, 'in': {'b': 'x'}, 'f': print}\n");

        Assert.Equal(["a", "in.b"], FlagImport.Of(project.Project, project.Project.Operations.Single(), project.Context).Operation.Flags.Select(f => f.Name));
    }

    private static ImportedOperation Import(string guildFile)
    {
        using var project = new TempProject(guildFile);
        project.Write("train.py", Script);
        return FlagImport.Of(project.Project, project.Project.Operations.Single(), project.Context);
    }
}
