using Guild.PowerShell.Tests.Hosting;

namespace Guild.PowerShell.Tests.Commands;

/// <summary>A Guild file whose operations run the test program, and so need nothing but .NET.</summary>
internal static class TestGuildFile
{
    internal static string Text { get; } = """
        - model: m
          description: A model for tests
          default: yes
          sourcecode: no
          operations:
            say:
              description: |-
                Prints its arguments

                One a line.
              default: yes
              exec: dotnet PROGRAM args ${flag_args}
              flags:
                text:
                  description: What is said
                  default: hello
                count:
                  description: How often
                  type: int
                  default: 1
                  min: 0
                  max: 10
                rate: 0.1
                flip:
                  type: boolean
                  default: no
                kind:
                  type: string
                  default: plain
                  choices:
                    - value: plain
                      description: As it is
                    - value: two words
                      description: With a space
                tag:
                  description: Its name is a parameter's own
                  default: none
                x.y: 1
            other:
              description: Prints other
              exec: dotnet PROGRAM print other
              flags:
                only-here: 5
            fail:
              exec: dotnet PROGRAM exit 3
            lost:
              exec: no-such-program-anywhere
            both:
              exec: dotnet PROGRAM lines 4 5 both
            wait:
              exec: dotnet PROGRAM sleep 100
            scalars:
              exec: 'dotnet PROGRAM print "loss: 0.5" "loss: 0.25"'
            need:
              exec: dotnet PROGRAM print ok
              requires: [data, earlier]
            gone:
              exec: dotnet PROGRAM print ok
              requires:
                - file: nowhere.txt
            _hidden:
              exec: dotnet PROGRAM print hidden
          resources:
            data:
              description: A file
              sources:
                - file: data.txt
            earlier:
              sources:
                - operation: say
                  optional: yes
        - model: n
          operations:
            other:
              exec: dotnet PROGRAM print n
            twin:
              exec: dotnet PROGRAM print n
        - model: nn
          operations:
            twin:
              exec: dotnet PROGRAM print nn
        """.Replace("PROGRAM", BuiltFiles.TestProgram.Replace('\\', '/'), StringComparison.Ordinal);
}
