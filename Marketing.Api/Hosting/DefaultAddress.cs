namespace Marketing.Api.Hosting;

/// <summary>Where the API listens when nobody says so.</summary>
internal static class DefaultAddress
{
    private const string Url = "http://localhost:5080";

    /// <summary>Listens on <c>http://localhost:5080</c> unless an argument, a variable or a file names an address or a port.</summary>
    public static void UseDefaultAddress(this WebApplicationBuilder builder)
    {
        string[] settings = ["urls", "http_ports", "https_ports"];
        if (settings.All(setting => string.IsNullOrEmpty(builder.Configuration[setting]))
            && !builder.Configuration.GetSection("Kestrel:Endpoints").Exists())
        {
            builder.WebHost.UseUrls(Url);
        }
    }
}
