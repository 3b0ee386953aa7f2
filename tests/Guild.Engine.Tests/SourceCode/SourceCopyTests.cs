using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Guild.Engine.GuildFiles;
using Guild.Engine.Runs;
using Guild.Engine.SourceCode;

namespace Guild.Engine.Tests.SourceCode;

public sealed class SourceCopyTests : IDisposable
{
    private readonly ProjectFolder _project = new();

    public void Dispose() => _project.Dispose();

    [Fact]
    public void The_manifest_and_the_digest_of_the_demo_project_are_those_that_Guild_AI_wrote()
    {
        using var demo = ProjectFolder.Demo();
        var recorded = new RunDirectory(Path.Join(demo.Base, "fixture", "home", "runs", "f23d8065543a43b5ae2e9d8f3b94054a"));

        var copy = SourceSnapshot.Copy(
            demo.Plan(new SourceSnapshotOptions { IsPython = true, LocalDependencies = ["data/rows.csv"] }), demo.Run);

        var theirs = File.ReadAllLines(recorded.ManifestPath).Where(line => line.StartsWith("s ", StringComparison.Ordinal));
        Assert.Equal(theirs, copy.Entries.Select(Manifest.Format));
        Assert.Equal("871c26e24aaafa953f265d50e2297b7f", copy.Digest);
        Assert.Equal(File.ReadAllText(demo.At("train.py")), File.ReadAllText(Path.Join(demo.Run, "train.py")));
    }

    [Fact]
    public void Files_of_subfolders_come_last_in_the_manifest_but_in_their_place_in_the_digest()
    {
        using var demo = ProjectFolder.Demo();
        var recorded = new RunDirectory(Path.Join(demo.Base, "fixture", "home", "runs", "c3c026a5743c47f89dd4cb85b1be528c"));

        var copy = SourceSnapshot.Copy(demo.Plan(), demo.Run);

        Assert.Equal(File.ReadAllLines(recorded.ManifestPath), copy.Entries.Select(Manifest.Format));
        Assert.Equal("801800f4e1314e633db733f3f89c2133", copy.Digest);
    }

    [Fact]
    public void A_destination_stands_before_the_paths_in_the_run_but_not_before_those_of_the_project()
    {
        _project.With("a/b.txt", "b\n");

        var copy = SourceSnapshot.Copy(_project.Plan(new SourceCodeDefinition { Destination = ".guild/sourcecode/" }), _project.Run);

        Assert.Equal($"s .guild/sourcecode/a/b.txt {Sha1("b\n")} a/b.txt", Manifest.Format(Assert.Single(copy.Entries)));
        Assert.Equal("b\n", File.ReadAllText(Path.Join(_project.Run, ".guild", "sourcecode", "a", "b.txt")));
        Assert.Equal(Md5(".guild/sourcecode/a/b.txt\0b\n\0"), copy.Digest);
    }

    [Fact]
    public void The_digest_orders_paths_by_code_points()
    {
        // Ordinal order would put the first before the second, since its surrogates are smaller than U+FF5E.
        _project.With("\U0001F600.txt", "2").With("\uFF5E.txt", "1");

        var copy = SourceSnapshot.Copy(_project.Plan(), _project.Run);

        Assert.Equal(Md5("\uFF5E.txt\u00001\0\U0001F600.txt\u00002\0"), copy.Digest);
    }

    [Fact]
    public void Files_larger_than_the_buffer_are_copied_and_hashed_whole()
    {
        var text = new string('x', 700_001);
        _project.With("big.txt", text).With("empty.txt", "");

        var copy = SourceSnapshot.Copy(_project.Plan(), _project.Run);

        Assert.Equal([Sha1(text), Sha1("")], copy.Entries.Select(entry => entry.Sha1));
        Assert.Equal(text, File.ReadAllText(Path.Join(_project.Run, "big.txt")));
        Assert.Empty(File.ReadAllBytes(Path.Join(_project.Run, "empty.txt")));
    }

    [Fact]
    public void Nothing_to_copy_has_no_digest()
    {
        var copy = SourceSnapshot.Copy(_project.Plan(), _project.Run);

        Assert.Empty(copy.Entries);
        Assert.Null(copy.Digest);
    }

    [Fact]
    public void A_digest_that_is_not_wanted_is_not_made()
    {
        _project.With("a.txt");

        var copy = SourceSnapshot.Copy(_project.Plan(new SourceCodeDefinition { HasDigest = false }), _project.Run);

        Assert.Null(copy.Digest);
        Assert.NotNull(Assert.Single(copy.Entries).Sha1);
    }

    [Theory]
    [InlineData("with space.py")]
    [InlineData("quo'te\".py")]
    [InlineData("back\\slash.py")]
    [InlineData("$(touch x).py")]
    [InlineData("-dash.py")]
    [InlineData("*?.py")]
    [InlineData("ünïcode-世界.py")]
    [InlineData(" ")]
    public void Hostile_names_are_copied_and_come_back_from_the_manifest(string name)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        _project.With(name, "content").With($"{name}.d/{name}", "content");

        var copy = SourceSnapshot.Copy(_project.Plan(), _project.Run);

        Assert.Equal("content", File.ReadAllText(Path.Join(_project.Run, $"{name}.d", name)));
        Assert.Equal([name, $"{name}.d/{name}"], copy.Entries.Select(entry => Manifest.Parse(Manifest.Format(entry))!.Destination));
    }

    [Fact]
    public void A_name_with_a_line_break_is_left_out_since_the_record_cannot_hold_it()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        _project.With("two\nlines.py").With("a.py").With("fold\ner/b.py");

        var selection = _project.Plan();

        Assert.Equal("a.py", ProjectFolder.Names(selection));
        Assert.Equal(["two\nlines.py", "fold\ner/b.py"], selection.LeftOut.Select(file => file.Path));
        Assert.DoesNotContain('\n', Assert.Single(selection.Warnings));
    }

    [Fact]
    public void A_name_that_is_not_UTF_8_is_left_out_and_said()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        _project.With("a.py");
        RawFile.CreateWithInvalidName(_project.Root);

        var selection = _project.Plan();
        RawFile.DeleteAll(_project.Root, "b*");

        Assert.Equal("a.py", ProjectFolder.Names(selection));
        Assert.Equal(LeftOutReason.UnusableName, Assert.Single(selection.LeftOut).Reason);
        Assert.Contains("not in UTF-8", Assert.Single(selection.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pipe_does_not_hold_up_the_copy()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        _project.With("a.py");
        RawFile.CreatePipe(_project.Root, "pipe.py");

        var copying = Task.Run(() => SourceSnapshot.Copy(_project.Plan(), _project.Run));

        Assert.Contains("a.py", (await copying.WaitAsync(TimeSpan.FromSeconds(20))).Entries.Select(entry => entry.Destination));
    }

    [Fact]
    public void Links_to_files_and_folders_are_copied_as_what_they_lead_to()
    {
        var outside = Directory.CreateDirectory(Path.Join(_project.Base, "outside")).FullName;
        File.WriteAllText(Path.Join(outside, "b.txt"), "b");
        Directory.CreateSymbolicLink(_project.At("folder"), outside);
        File.CreateSymbolicLink(_project.At("file.txt"), Path.Join(outside, "b.txt"));

        var copy = SourceSnapshot.Copy(_project.Plan(), _project.Run);

        Assert.Equal(["file.txt", "folder/b.txt"], copy.Entries.Select(entry => entry.Destination));
        Assert.Null(new FileInfo(Path.Join(_project.Run, "file.txt")).LinkTarget);
        Assert.Equal("b", File.ReadAllText(Path.Join(_project.Run, "folder", "b.txt")));
    }

    [Theory]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("../..")]
    public void A_link_to_a_folder_that_holds_it_is_left_out_and_said(string target)
    {
        _project.With("a/b/c.txt");
        Directory.CreateSymbolicLink(_project.At("a/b/loop"), target);

        var selection = _project.Plan();

        Assert.Equal("a/b/c.txt", ProjectFolder.Names(selection));
        Assert.Equal([new LeftOutFile("a/b/loop", LeftOutReason.LinkCycle, 0)], selection.LeftOut);
        Assert.Single(selection.Warnings);
    }

    [Fact]
    public void Two_folders_that_link_to_each_other_come_to_an_end()
    {
        _project.With("a/1.txt").With("b/2.txt");
        Directory.CreateSymbolicLink(_project.At("a/to-b"), _project.At("b"));
        Directory.CreateSymbolicLink(_project.At("b/to-a"), _project.At("a"));

        var selection = _project.Plan();

        Assert.Contains("a/to-b/2.txt", ProjectFolder.Names(selection), StringComparison.Ordinal);
        Assert.True(selection.Files.Count < 300);
    }

    [Fact]
    public void A_link_that_leads_nowhere_is_left_out_and_said()
    {
        _project.With("a.py");
        File.CreateSymbolicLink(_project.At("gone.py"), "nowhere");

        var selection = _project.Plan();

        Assert.Equal([new LeftOutFile("gone.py", LeftOutReason.Unreadable, 0)], selection.LeftOut);
    }

    [Fact]
    public void A_file_that_vanishes_between_look_and_copy_is_left_out_and_said()
    {
        _project.With("a.py").With("b.py");
        var selection = _project.Plan();
        File.Delete(_project.At("b.py"));

        var copy = SourceSnapshot.Copy(selection, _project.Run);

        Assert.Equal("a.py", Assert.Single(copy.Entries).Destination);
        Assert.Equal([new LeftOutFile("b.py", LeftOutReason.Unreadable, 5)], copy.LeftOut);
        Assert.Equal("1 file is not copied as source code, being not readable: 'b.py'.", Assert.Single(copy.Warnings));
        Assert.False(File.Exists(Path.Join(_project.Run, "b.py")));
    }

    [Fact]
    public void An_executable_file_stays_executable_and_a_write_protected_one_becomes_writable()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        _project.With("run.sh").With("plain.sh");
        File.SetUnixFileMode(_project.At("run.sh"), UnixFileMode.UserRead | UnixFileMode.UserExecute);

        SourceSnapshot.Copy(_project.Plan(), _project.Run);

        var copied = File.GetUnixFileMode(Path.Join(_project.Run, "run.sh"));
        Assert.True(copied.HasFlag(UnixFileMode.UserExecute | UnixFileMode.UserWrite));
        Assert.False(File.GetUnixFileMode(Path.Join(_project.Run, "plain.sh")).HasFlag(UnixFileMode.UserExecute));
    }

    [Fact]
    public void A_run_directory_that_cannot_be_written_is_an_error_that_names_the_file()
    {
        _project.With("a.py");
        File.WriteAllText(Path.Join(_project.Base, "blocked"), "");

        var error = Assert.Throws<HomeException>(() => SourceSnapshot.Copy(_project.Plan(), Path.Join(_project.Base, "blocked")));

        Assert.Contains("'a.py'", error.Message, StringComparison.Ordinal);
    }

    [SuppressMessage("Security", "CA5350", Justification = "Manifests hold SHA-1.")]
    private static string Sha1(string text) => Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes(text)));

    [SuppressMessage("Security", "CA5351", Justification = "The digest of source code is an MD5.")]
    private static string Md5(string text) => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(text)));
}
