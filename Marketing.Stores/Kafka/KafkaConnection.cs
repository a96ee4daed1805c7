using System.Data.Common;
using Confluent.Kafka;

namespace Marketing.Stores.Kafka;

/// <summary>
/// The parsed <c>ConnectionStrings:kafka</c>: brokers, <c>host:port[,host:port]</c>, optionally followed by credentials,
/// <c>;SecurityProtocol=SaslSsl;SaslMechanism=Plain;Username=…;Password=…</c>. Its text contains only the brokers.
/// </summary>
internal sealed class KafkaConnection
{
    private const string Form = "host:port[,host:port], followed by ;SecurityProtocol=SaslSsl;SaslMechanism=Plain;Username=…;Password=… if the brokers require it";

    private readonly string _servers;
    private readonly SecurityProtocol? _protocol;
    private readonly SaslMechanism? _mechanism;
    private readonly string? _username;
    private readonly string? _password;

    private KafkaConnection(string servers, DbConnectionStringBuilder pairs)
    {
        _servers = servers;
        _protocol = Choice<SecurityProtocol>(pairs, "SecurityProtocol");
        _mechanism = Choice<SaslMechanism>(pairs, "SaslMechanism");
        (_username, _password) = (pairs.Find("Username"), pairs.Find("Password"));
    }

    /// <exception cref="StoreStartupException">The string has another form; the message contains neither user nor password.</exception>
    public static KafkaConnection Parse(string connectionString)
    {
        var parts = connectionString.Split(';', 2);
        var servers = parts[0].Trim();
        if (servers.Length == 0 || servers.Contains('=', StringComparison.Ordinal))
        {
            throw new StoreStartupException($"ConnectionStrings:kafka must be {Form}.");
        }

        DbConnectionStringBuilder pairs;
        try
        {
            pairs = new DbConnectionStringBuilder { ConnectionString = parts.Length > 1 ? parts[1] : "" };
        }
        catch (ArgumentException)
        {
            // Drop the original exception: its message may quote the password.
            throw new StoreStartupException($"ConnectionStrings:kafka must be {Form}.");
        }

        foreach (string key in pairs.Keys)
        {
            if (key.ToUpperInvariant() is not ("SECURITYPROTOCOL" or "SASLMECHANISM" or "USERNAME" or "PASSWORD"))
            {
                throw new StoreStartupException($"ConnectionStrings:kafka has an unknown key {key}; it must be {Form}.");
            }
        }

        return new KafkaConnection(servers, pairs);
    }

    /// <summary>Sets a client's brokers and credentials.</summary>
    public T Apply<T>(T client)
        where T : ClientConfig
    {
        client.BootstrapServers = _servers;
        client.SecurityProtocol = _protocol;
        client.SaslMechanism = _mechanism;
        client.SaslUsername = _username;
        client.SaslPassword = _password;
        return client;
    }

    public override string ToString() => _servers;

    private static T? Choice<T>(DbConnectionStringBuilder pairs, string key)
        where T : struct, Enum
    {
        if (pairs.Find(key) is not { } text)
        {
            return null;
        }

        // Also accept Kafka's own spelling: SASL_SSL, SCRAM-SHA-256.
        var name = text.Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal);
        return Enum.GetNames<T>().Any(known => known.Equals(name, StringComparison.OrdinalIgnoreCase))
            ? Enum.Parse<T>(name, ignoreCase: true)
            : throw new StoreStartupException($"{key} of ConnectionStrings:kafka must be one of {string.Join(", ", Enum.GetNames<T>())}.");
    }
}
