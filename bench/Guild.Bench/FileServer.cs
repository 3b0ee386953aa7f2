using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Guild.Bench;

/// <summary>A server on this machine that gives one file to whoever asks, as fast as the system can.</summary>
internal static class FileServer
{
    /// <summary>Starts to serve a file until the process ends, and gives its address.</summary>
    internal static string Start(string path)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        socket.Listen();
        new Thread(() => Serve(socket, path)) { IsBackground = true }.Start();
        return $"http://127.0.0.1:{((IPEndPoint)socket.LocalEndPoint!).Port}/{Path.GetFileName(path)}";
    }

    private static void Serve(Socket socket, string path)
    {
        while (true)
        {
            using Socket client = socket.Accept();
            try
            {
                ReadRequest(client);
                client.Send(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: {new FileInfo(path).Length}\r\nConnection: close\r\n\r\n"));
                client.SendFile(path);
                client.Shutdown(SocketShutdown.Both);
            }
            catch (SocketException)
            {
                // The client went away; the comparison fails by itself.
            }
        }
    }

    private static void ReadRequest(Socket client)
    {
        var buffer = new byte[8192];
        int length = 0;
        while (!buffer.AsSpan(0, length).EndsWith("\r\n\r\n"u8))
        {
            length += client.Receive(buffer.AsSpan(length));
        }
    }
}
