using Guild.Engine.Runs;
using Guild.Engine.Tests.Operations;

namespace Guild.Engine.Tests.EndToEnd;

/// <summary>Flags that become global variables of a Python module.</summary>
public sealed class GlobalsTests
{
    [Theory]
    [InlineData("lr = 0.1", "print(lr)", "0.5")]
    [InlineData("lr: float = 0.1", "print(lr)", "0.5")]
    [InlineData("lr: float", "print(lr)", "0.5")]
    [InlineData("", "print(lr)", "0.5")]
    [InlineData("lr = 0.1\nlr = lr * 2", "print(lr)", "1.0")]
    [InlineData("lr = rate = 0.1", "print(lr, rate)", "0.5 0.1")]
    [InlineData("lr, n = 0.1, 2", "print(lr, n)", "0.5 2")]
    [InlineData("try:\n    import nope\n    lr = 1\nexcept ImportError:\n    lr = 2", "print(lr)", "0.5")]
    [InlineData("if False:\n    lr = 1\nelse:\n    lr = 2", "print(lr)", "0.5")]
    [InlineData("from conf import lr", "print(lr)", "0.5")]
    [InlineData("from __future__ import annotations\nlr = 0.1", "print(lr)", "0.5")]
    [InlineData("lr = 0.1\ndef f(lr=lr):\n    return lr", "print(f())", "0.5")]
    [InlineData("lr = 0.1\nclass C:\n    lr = 7", "print(C.lr, lr)", "7 0.5")]
    public void A_flag_takes_the_place_of_the_first_value_of_its_variable(string head, string body, string expected)
    {
        using var project = new TempProject("{op: {main: train, flags-dest: globals, flags: {lr: 0.5}}}");
        project.Write("train.py", head + "\n" + body + "\n");
        project.Write("conf.py", "lr = 0.1\n");
        Assert.Equal(expected, TempProject.Output(project.Run("op")));
    }

    [Theory]
    [InlineData("1", "1 int")]
    [InlineData("1.0", "1.0 float")]
    [InlineData("yes", "True bool")]
    [InlineData("text", "text str")]
    [InlineData("{a: {default: '1 x', arg-split: yes}}", "[1, 'x'] list")]
    [InlineData("{a: {default: yes, arg-switch: yes}}", "True bool")]
    [InlineData("{a: {default: no, arg-switch: yes}}", "own str")]
    [InlineData("{a: null}", "own str")]
    public void Values_keep_their_types(string flag, string expected)
    {
        using var project = new TempProject("{op: {main: train, flags-dest: globals, flags: " + (flag[0] == '{' ? flag : "{a: " + flag + "}") + "}}");
        project.Write("train.py", "a = 'own'\nprint(a, type(a).__name__)\n");
        Assert.Equal(expected, TempProject.Output(project.Run("op")));
    }

    [Theory]
    [InlineData("global:params", "params = {'x': 1, 'deep': {'y': 2, 'z': 3}}", "print(params)", "{'x': 9, 'deep': {'y': 8, 'z': 3}}")]
    [InlineData("dict:params", "params = {}", "print(params)", "{'deep': {'y': 8}, 'x': 9}")]
    [InlineData("dict:all.params", "all = {'other': 1}", "print(all)", "{'other': 1, 'params': {'deep': {'y': 8}, 'x': 9}}")]
    [InlineData("namespace:args", "args = None", "print(args.x, args.deep.y)", "9 8")]
    [InlineData("namespace:args", "import argparse\nargs = argparse.Namespace(x=1, own=2)", "print(args.x, args.own, args.deep.y)", "9 2 8")]
    public void Flags_go_into_the_dict_or_the_namespace_that_is_named(string destination, string head, string body, string expected)
    {
        using var project = new TempProject("{op: {main: train, flags-dest: '" + destination + "', flags: {x: 9, deep.y: 8}}}");
        project.Write("train.py", head + "\n" + body + "\n");
        Assert.Equal(expected, TempProject.Output(project.Run("op")));
    }

    [Theory]
    [InlineData("train", "train.py")]
    [InlineData("train.py", "train.py")]
    [InlineData("pkg.train", "pkg/train.py", "pkg/__init__.py")]
    [InlineData("pkg.train", "pkg/train.py")]
    [InlineData("pkg", "pkg/__main__.py", "pkg/__init__.py")]
    [InlineData("lib/train", "lib/train.py")]
    [InlineData("lib/train.py", "lib/train.py")]
    [InlineData("lib/pkg.train", "lib/pkg/train.py", "lib/pkg/__init__.py")]
    public void A_module_is_found_as_python_finds_it_and_sees_its_neighbours(string main, string file, params string[] empty)
    {
        using var project = new TempProject("{op: {main: '" + main + " base', flags-dest: globals, flags: {lr: 0.5}}, args: {main: '" + main + " base', flags: {lr: 0.5}}}");
        var isPackage = main.Contains("pkg", StringComparison.Ordinal);
        project.Write(file, (isPackage ? "from . import near\n" : "import near\n") + "import os, sys\nlr = 0.1\nif __name__ == '__main__':\n    print(near.NAME, lr, sys.argv[1], os.path.basename(__file__))\n");
        project.Write(Path.Combine(Path.GetDirectoryName(file)!, "near.py"), "NAME = 'near'\n");
        Array.ForEach(empty, path => project.Write(path, ""));
        Assert.Equal($"near 0.5 base {Path.GetFileName(file)}", TempProject.Output(project.Run("op")));
        Assert.Equal($"near 0.1 base {Path.GetFileName(file)}", TempProject.Output(project.Run("args")));
    }

    [Fact]
    public void Classes_of_the_main_module_can_be_pickled_and_are_data_classes()
    {
        using var project = new TempProject("{op: {main: train, flags-dest: globals, flags: {n: 3}}}");
        project.Write("train.py", """
            from __future__ import annotations
            import dataclasses, pickle
            n: int = 1

            @dataclasses.dataclass
            class Row:
                value: int = n

            print(pickle.loads(pickle.dumps(Row())), Row.__module__)
            """);
        Assert.Equal("Row(value=3) __main__", TempProject.Output(project.Run("op")));
    }

    [Fact]
    public void Functions_of_the_main_module_run_in_processes_of_multiprocessing()
    {
        using var project = new TempProject("{op: {main: train, flags-dest: globals, flags: {n: 3}}}");
        project.Write("train.py", """
            import multiprocessing
            n = 1

            def double(value):
                return value * 2

            if __name__ == '__main__':
                for method in multiprocessing.get_all_start_methods():
                    with multiprocessing.get_context(method).Pool(1) as pool:
                        print(pool.map(double, [n]))
            """);
        Assert.All(TempProject.Output(project.Run("op")).Split('\n'), line => Assert.Equal("[6]", line));
    }

    [Fact]
    public void A_traceback_shows_the_line_of_the_source()
    {
        using var project = new TempProject("{op: {main: lib/train, flags-dest: globals, flags: {n: 3}}}");
        project.Write("lib/train.py", "n = 1\nm = 2\n\ndef fail():\n    raise ValueError('bad')\n\nfail()\n");
        var run = project.Run("op");
        Assert.Equal((RunStatus.Error, 1), (run.Status, run.ExitCode));
        var output = TempProject.Output(run);
        Assert.Contains(Path.Combine("lib", "train.py") + "\", line 5, in fail\n    raise ValueError('bad')", output, StringComparison.Ordinal);
        Assert.EndsWith("ValueError: bad", output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_exit_code_of_the_module_is_that_of_the_run()
    {
        using var project = new TempProject("{op: {main: train, flags-dest: globals, flags: {n: 3}}}");
        project.Write("train.py", "import sys\nn = 1\nsys.exit(n)\n");
        Assert.Equal(3, project.Run("op").ExitCode);
    }

    [Theory]
    [InlineData("globals")]
    [InlineData("args")]
    public void A_module_that_is_not_there_is_named_in_the_output(string destination)
    {
        using var project = new TempProject("{op: {main: nowhere, flags-dest: " + destination + "}}");
        var run = project.Run("op");
        Assert.Equal((RunStatus.Error, 1), (run.Status, run.ExitCode));
        Assert.Contains("No module named nowhere", TempProject.Output(run), StringComparison.Ordinal);
    }
}
