using System.Globalization;
using System.Text;
using Guild.Engine.GuildFiles;
using Guild.Engine.Operations;
using YamlDotNet.RepresentationModel;

namespace Guild.Bench;

/// <summary>What it costs to know which operations and flags a project has.</summary>
internal static class Definitions
{
    private const int Operations = 1_000;
    private const int Flags = 10;
    private const int Scripts = 20;

    private static readonly Lazy<string> Text = new(MakeText);
    private static readonly Lazy<byte[]> Bytes = new(() => Encoding.UTF8.GetBytes(Text.Value));
    private static readonly Lazy<string> BigProject = new(() => ProjectOf(Text.Value));
    private static readonly Lazy<string> ScriptProject = new(MakeScripts);
    private static readonly Lazy<string> PlainProject = new(() => ProjectOf(string.Concat(Enumerable.Range(0, Scripts).Select(i => $"operation-{i}: {{exec: 'true'}}\n"))));
    private static readonly Lazy<string> Home = new(() => Scratch.NewFolder("home"));

    internal static IEnumerable<Comparison> Comparisons()
    {
        yield return new Comparison(
            $"reading {Operations} operations : YamlStream.Load",
            () => new YamlStream().Load(new StringReader(Text.Value)),
            () => Require(GuildFileReader.Parse(Bytes.Value, "/project/guild.yml").File?.Models[0].Operations.Count == Operations),
            Rounds: 41,
            WarmUpRounds: 30);
        yield return new Comparison(
            $"a second look at {Operations} operations : its first",
            () => GuildFileReader.Load(BigProject.Value),
            () => Require(Project.Open(BigProject.Value).Models[0].Operations.Count == Operations),
            Rounds: 15,
            WarmUpRounds: 5);

        var session = new Session(() => Home.Value, () => ScriptProject.Value);
        yield return new Comparison(
            $"Get-GuildOperation of {Scripts} scripts, again : 1",
            () => session.Invoke("1"),
            () => session.Invoke("$null = Get-GuildOperation"),
            Rounds: 41,
            WarmUpRounds: 10);
        yield return new Comparison(
            $"Get-GuildOperation of {Scripts} scripts, new session : no such command",
            () => InNewSession(ScriptProject.Value, "1"),
            () => InNewSession(ScriptProject.Value, "$null = Get-GuildOperation"));
        yield return new Comparison(
            $"Get-GuildOperation of {Scripts} scripts, new session : {Scripts} operations without scripts",
            () => InNewSession(PlainProject.Value, "$null = Get-GuildOperation"),
            () => InNewSession(ScriptProject.Value, "$null = Get-GuildOperation"));
    }

    private static void InNewSession(string project, string command) => StartUp.Run(
        BuiltFiles.Host,
        "-Command",
        $"$env:GUILD_HOME = '{Home.Value}'; $null = $ExecutionContext.SessionState.Path.SetLocation('{project}'); Import-Module '{BuiltFiles.Manifest}'; {command}");

    private static void Require(bool isRight)
    {
        if (!isRight)
        {
            throw new InvalidOperationException("The project was not read as it is.");
        }
    }

    // Half of the flags are values, as short as they can be; the others say more of themselves.
    private static string MakeText()
    {
        var text = new StringBuilder();
        for (int operation = 0; operation < Operations; operation++)
        {
            text.Append(CultureInfo.InvariantCulture, $"operation-{operation}:\n  description: Trains the model number {operation}\n  main: train --model {operation}\n  flags:\n");
            for (int flag = 0; flag < Flags; flag++)
            {
                text.Append(flag % 2 == 0
                    ? string.Create(CultureInfo.InvariantCulture, $"    flag-{flag}: {flag * 0.25}\n")
                    : string.Create(CultureInfo.InvariantCulture, $"    flag-{flag}:\n      description: What the flag number {flag} means\n      default: {flag}\n      type: int\n      min: 0\n"));
            }
        }

        return text.ToString();
    }

    private static string MakeScripts()
    {
        string project = ProjectOf(string.Concat(Enumerable.Range(0, Scripts).Select(i => $"operation-{i}: {{main: script{i}.py, flags-import: yes}}\n")));
        for (int i = 0; i < Scripts; i++)
        {
            string options = string.Concat(Enumerable.Range(0, Flags).Select(flag => $"parser.add_argument('--flag-{flag}', type=int, default={flag}, help='The flag {flag}')\n"));
            File.WriteAllText(Path.Join(project, $"script{i}.py"), $"\"\"\"The script {i}.\"\"\"\nimport argparse\nparser = argparse.ArgumentParser()\n{options}print(parser.parse_args())\n");
        }

        return project;
    }

    // As old as the files of a project mostly are: one that was written this moment is read again each time.
    private static string ProjectOf(string guildFile)
    {
        string project = Scratch.NewFolder("project");
        string file = Path.Join(project, "guild.yml");
        File.WriteAllText(file, guildFile);
        File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddHours(-1));
        return project;
    }
}
