using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;

namespace Guild.Engine.Tests.Text;

/// <summary>Asks a real Python what it makes of something. Each question is one process, so tests ask for whole tables at once.</summary>
internal static class PythonOracle
{
    /// <summary>Runs a script that reads JSON from <c>input</c> and leaves its answer in <c>answer</c>.</summary>
    public static JsonNode Ask(string script, JsonNode input)
    {
        var start = new ProcessStartInfo("python3")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            StandardOutputEncoding = Encoding.UTF8,
        };
        start.Environment["PYTHONIOENCODING"] = "utf-8";
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add($"import json, sys\ninput = json.load(sys.stdin)\n{script}\nprint(json.dumps(answer))");
        using var python = Process.Start(start)!;
        var errors = python.StandardError.ReadToEndAsync();
        python.StandardInput.Write(input.ToJsonString());
        python.StandardInput.Close();
        var output = python.StandardOutput.ReadToEnd();
        python.WaitForExit();
        Assert.True(python.ExitCode == 0, errors.Result);
        return JsonNode.Parse(output)!;
    }

    /// <summary>Runs a script for each of the texts; the script is an expression of <c>x</c> that gives a text or None.</summary>
    public static IReadOnlyList<string?> Map(string expression, IEnumerable<string> texts)
    {
        var answer = Ask($"answer = [{expression} for x in input]", new JsonArray([.. texts.Select(text => JsonValue.Create(text))]));
        return [.. answer.AsArray().Select(item => item?.GetValue<string>())];
    }
}
