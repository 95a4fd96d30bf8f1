"""What has been measured, proven and promised, as far as this perimeter may know?"""
